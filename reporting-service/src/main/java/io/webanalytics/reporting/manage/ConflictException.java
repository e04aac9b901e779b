package io.webanalytics.reporting.manage;

/** What is asked for does not go with what is there. */
public final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message says what is there, for the one who asked */
    ConflictException(String message) {
        super(message, null, false, false);
    }
}
