package io.webanalytics.processor.admin;

import com.mongodb.MongoException;
import io.webanalytics.processor.admin.Verifications.BusyException;
import io.webanalytics.queue.QueueException;
import io.webanalytics.service.http.ProblemHandler;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The one place where a failure becomes an HTTP response. */
@RestControllerAdvice
class AdminExceptionHandler extends ProblemHandler {

    /** The value of {@code Retry-After}, in seconds. */
    private static final int RETRY_AFTER = 1;

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(QueueException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "The queue cannot be read or changed now. Try again.");
        problem.setProperty("reason", e.reason().word());
        return retryLater(problem, RETRY_AFTER);
    }

    @ExceptionHandler
    ProblemDetail busy(BusyException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(MongoException e) {
        return storeUnavailable(RETRY_AFTER);
    }
}
