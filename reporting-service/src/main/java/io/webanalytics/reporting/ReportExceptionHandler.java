package io.webanalytics.reporting;

import io.webanalytics.reporting.count.Unanswered;
import io.webanalytics.reporting.count.UnansweredException;
import io.webanalytics.service.http.ProblemHandler;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The one place where a failure becomes an HTTP response. */
@RestControllerAdvice
class ReportExceptionHandler extends ProblemHandler {

    /** The value of {@code Retry-After}, in seconds. */
    private static final int RETRY_AFTER = 5;

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unanswered(UnansweredException e) {
        Unanswered reason = e.reason();
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, reason.detail());
        problem.setProperty("reason", reason.word());
        return retryLater(problem, RETRY_AFTER);
    }
}
