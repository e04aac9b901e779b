package io.webanalytics.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.webanalytics.model.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not answered (RFC 9457).
 *
 * @param status the status of the response
 * @param title its name
 * @param detail what happened, for a person to read
 * @param instance the path that was asked for
 * @param reason one word for it, where programs should tell reasons apart
 * @param errors each field or parameter that is at fault, where some are
 */
@JsonInclude(JsonInclude.Include.NON_NULL) // only described here: what is sent is Spring's ProblemDetail
record Problem(
        int status,
        String title,
        @Nullable String detail,
        @Nullable String instance,
        @Nullable String reason,
        @Nullable List<FieldError> errors) {}
