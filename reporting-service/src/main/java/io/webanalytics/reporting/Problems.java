package io.webanalytics.reporting;

import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoOperationTimeoutException;
import io.webanalytics.service.ProblemHandler;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The one place where a failure becomes an HTTP response. */
@RestControllerAdvice
class Problems extends ProblemHandler {

    /** Seconds after which a caller should try again. */
    private static final int RETRY_AFTER = 5;

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooSlow(MongoOperationTimeoutException e) {
        return tooSlow();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooSlow(MongoExecutionTimeoutException e) {
        return tooSlow();
    }

    private static ResponseEntity<ProblemDetail> tooSlow() {
        return unavailable("The report took longer than it may. Ask for less, or try again later.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> away(MongoException e) {
        return unavailable("The store cannot be reached. Try again.");
    }

    private static ResponseEntity<ProblemDetail> unavailable(String detail) {
        return retryLater(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail), RETRY_AFTER);
    }
}
