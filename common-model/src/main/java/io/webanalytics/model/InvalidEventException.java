package io.webanalytics.model;

import java.util.List;
import java.util.stream.Collectors;

/** The input is not a valid event; says which fields are at fault and why. */
public final class InvalidEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final transient List<FieldError> errors;

    private InvalidEventException(RejectionReason reason, List<FieldError> errors) {
        super(errors.stream().map(FieldError::toString).collect(Collectors.joining("; ")), null, false, false);
        this.reason = reason;
        this.errors = List.copyOf(errors);
    }

    /**
     * The body as a whole is at fault, not a field.
     *
     * @param rule the rule that the body breaks
     */
    public static InvalidEventException body(RejectionReason reason, String rule) {
        return new InvalidEventException(reason, List.of(new FieldError(FieldError.BODY, rule)));
    }

    static InvalidEventException fields(List<FieldError> errors) {
        return new InvalidEventException(RejectionReason.INVALID_EVENT, errors);
    }

    /** The sender may not write to the site of the event. */
    static InvalidEventException forbidden() {
        return new InvalidEventException(
                RejectionReason.FORBIDDEN,
                List.of(new FieldError(EventField.SITE_ID.word(), "must be a site that this key may write to")));
    }

    static InvalidEventException element(List<FieldError> errors) {
        return new InvalidEventException(RejectionReason.INVALID_ELEMENT, errors);
    }

    public RejectionReason reason() {
        return reason;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
