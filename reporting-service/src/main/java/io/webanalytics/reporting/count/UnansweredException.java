package io.webanalytics.reporting.count;

import org.jspecify.annotations.Nullable;

/** A report is not answered. */
public final class UnansweredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Unanswered reason;

    UnansweredException(Unanswered reason) {
        this(reason, null);
    }

    UnansweredException(Unanswered reason, @Nullable Throwable cause) {
        super(reason.detail(), cause);
        this.reason = reason;
    }

    public Unanswered reason() {
        return reason;
    }
}
