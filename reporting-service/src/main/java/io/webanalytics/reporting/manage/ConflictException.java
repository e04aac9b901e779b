package io.webanalytics.reporting.manage;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What is asked for does not go with what is there. */
final class ConflictException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    /** @param detail says what is there, for the one who asked */
    ConflictException(String detail) {
        super(HttpStatus.CONFLICT, ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, detail), null);
    }
}
