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

    /** @param what what somebody else has changed since it was read */
    static ConflictException changed(String what) {
        return new ConflictException("Somebody else changed this " + what + " at the same time. Try again.");
    }

    /** @param what what there are so many of, in the plural */
    static ConflictException full(int most, String what) {
        return new ConflictException("There are " + most + " " + what + ", as many as there may be.");
    }
}
