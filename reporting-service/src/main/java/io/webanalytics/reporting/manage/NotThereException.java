package io.webanalytics.reporting.manage;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** There is nothing of the name that is asked for. */
final class NotThereException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    /** @param detail says what is not there, for the one who asked */
    NotThereException(String detail) {
        super(HttpStatus.NOT_FOUND, ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, detail), null);
    }

    static NotThereException site() {
        return new NotThereException("There is no site of this id.");
    }
}
