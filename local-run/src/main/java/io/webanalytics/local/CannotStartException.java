package io.webanalytics.local;

/** The run cannot start, for a reason that whoever started it can mend: the message is one sentence for them. */
final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotStartException(String message) {
        super(message, null, false, false);
    }
}
