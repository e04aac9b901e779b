package io.webanalytics.local;

/** The run cannot start, for a reason that the user can remove. The message is one sentence for the user. */
final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotStartException(String message) {
        super(message, null, false, false);
    }
}
