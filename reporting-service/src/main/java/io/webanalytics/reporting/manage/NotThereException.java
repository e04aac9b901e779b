package io.webanalytics.reporting.manage;

/** There is nothing of the name that is asked for. */
public final class NotThereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message says what is not there, for the one who asked */
    NotThereException(String message) {
        super(message, null, false, false);
    }

    static NotThereException site() {
        return new NotThereException("There is no site of this id.");
    }
}
