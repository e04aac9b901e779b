package io.webanalytics.reporting;

import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * The one place where a failure becomes an HTTP response.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, problem details</a>
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    /** Seconds after which a caller should try again. */
    private static final String RETRY_AFTER = "5";

    @ExceptionHandler
    ProblemDetail invalid(InvalidParametersException e) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "The report cannot be made as asked.");
        problem.setProperty("errors", e.errors());
        return problem;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooSlow(MongoExecutionTimeoutException e) {
        return unavailable("The report took longer than it may. Ask for less, or try again later.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> away(MongoException e) {
        return unavailable("The store cannot be reached. Try again.");
    }

    private static ResponseEntity<ProblemDetail> unavailable(String detail) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail));
    }
}
