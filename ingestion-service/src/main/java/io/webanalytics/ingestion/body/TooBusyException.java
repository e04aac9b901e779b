package io.webanalytics.ingestion.body;

/** More arrives at once than there is memory for. No event of the request is taken. */
public final class TooBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TooBusyException() {
        super("more arrives at once than there is memory for", null, false, false);
    }
}
