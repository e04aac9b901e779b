package io.webanalytics.service.http;

import io.webanalytics.model.FieldError;
import java.util.List;

/** Parameters of a request are missing or wrong. */
public final class InvalidParametersException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    /** @param errors each parameter that is wrong, and why */
    public InvalidParametersException(List<FieldError> errors) {
        super(errors.toString(), null, false, false);
        this.errors = List.copyOf(errors);
    }

    List<FieldError> errors() {
        return errors;
    }
}
