package io.webanalytics.reporting.manage;

import io.webanalytics.model.FieldError;
import java.util.List;

/** Fields of a request are missing or wrong. */
public final class InvalidFieldsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    InvalidFieldsException(List<FieldError> errors) {
        super(errors.toString(), null, false, false);
        this.errors = List.copyOf(errors);
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

    public List<FieldError> errors() {
        return errors;
    }
}
