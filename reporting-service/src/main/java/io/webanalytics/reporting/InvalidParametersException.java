package io.webanalytics.reporting;

import io.webanalytics.model.FieldError;
import java.util.List;

/** Parameters of a report are missing or wrong. */
final class InvalidParametersException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    InvalidParametersException(List<FieldError> errors) {
        super(errors.toString(), null, false, false);
        this.errors = List.copyOf(errors);
    }

    List<FieldError> errors() {
        return errors;
    }
}
