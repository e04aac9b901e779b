package io.webanalytics.reporting.manage;

import io.webanalytics.model.FieldError;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Fields of a request are missing or wrong. */
public final class InvalidFieldsException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    InvalidFieldsException(List<FieldError> errors) {
        super(HttpStatus.BAD_REQUEST, problem(errors), null);
    }

    InvalidFieldsException(String field, String rule) {
        this(List.of(new FieldError(field, rule)));
    }

    /** A body that is no JSON object, or is too large. */
    public static InvalidFieldsException body() {
        return new InvalidFieldsException(
                FieldError.BODY,
                "must be a JSON object of at most " + Fields.MAX_BYTES + " bytes, without duplicate names");
    }

    private static ProblemDetail problem(List<FieldError> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "What was sent is not valid.");
        problem.setProperty("errors", List.copyOf(errors));
        return problem;
    }
}
