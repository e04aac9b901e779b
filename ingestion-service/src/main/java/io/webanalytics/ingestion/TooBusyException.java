package io.webanalytics.ingestion;

/** More arrives at once than memory is kept for. Nothing of what this request brought is taken. */
final class TooBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooBusyException() {
        super("more arrives at once than there is memory for", null, false, false);
    }
}
