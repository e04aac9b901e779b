package io.webanalytics.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.webanalytics.model.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed (RFC 9457).
 *
 * @param status the status of the response
 * @param title the name of the status
 * @param detail what happened, for a person to read
 * @param instance the path of the request
 * @param reason one word for what happened, if programs should tell cases apart
 * @param errors each field or parameter that is at fault, if any
 */
@JsonInclude(JsonInclude.Include.NON_NULL) // only for OpenAPI: responses are Spring's ProblemDetail
record Problem(
        int status,
        String title,
        @Nullable String detail,
        @Nullable String instance,
        @Nullable String reason,
        @Nullable List<FieldError> errors) {}
