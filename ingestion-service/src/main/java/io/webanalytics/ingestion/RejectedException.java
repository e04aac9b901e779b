package io.webanalytics.ingestion;

import io.webanalytics.model.FieldError;
import io.webanalytics.model.RejectionReason;
import java.util.List;

/** An event is not taken. */
final class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final transient List<FieldError> errors;

    private RejectedException(RejectionReason reason, String rule) {
        super(rule, null, false, false);
        this.reason = reason;
        this.errors = List.of(new FieldError(FieldError.BODY, rule));
    }

    static RejectedException tooLarge(int most) {
        return new RejectedException(RejectionReason.TOO_LARGE, "must be at most " + most + " bytes");
    }

    static RejectedException notJson() {
        return new RejectedException(
                RejectionReason.UNSUPPORTED_MEDIA_TYPE,
                "must be sent as Content-Type: application/json in UTF-8, uncompressed");
    }

    static RejectedException unreadable() {
        return new RejectedException(RejectionReason.INVALID_JSON, "must arrive whole and in time");
    }

    RejectionReason reason() {
        return reason;
    }

    List<FieldError> errors() {
        return errors;
    }
}
