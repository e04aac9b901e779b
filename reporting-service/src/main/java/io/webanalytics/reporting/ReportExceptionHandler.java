package io.webanalytics.reporting;

import com.mongodb.MongoException;
import io.webanalytics.reporting.access.Passwords;
import io.webanalytics.reporting.count.Unanswered;
import io.webanalytics.reporting.count.UnansweredException;
import io.webanalytics.reporting.manage.InvalidFieldsException;
import io.webanalytics.service.http.ProblemHandler;
import io.webanalytics.service.limit.RateLimitedException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;

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

    /** Refuses a request that has no body, or whose body breaks off. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(e, InvalidFieldsException.body().getBody(), headers, status, request);
    }

    /** Refuses a login. Whether the name or the password is wrong, the response is the same. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> wrongPassword(BadCredentialsException e) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.UNAUTHORIZED, "The name or the password is wrong.");
        problem.setProperty("reason", "unauthorized");
        return unauthorized(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> rateLimited(RateLimitedException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.TOO_MANY_REQUESTS, "Too many passwords were tried from this address. Try again later.");
        problem.setProperty("reason", "rate_limited");
        return retryLater(problem, e.retryAfter());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> busy(Passwords.BusyException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "Too many passwords are checked or changed at once. Try again.");
        problem.setProperty("reason", "too_busy");
        return retryLater(problem, RETRY_AFTER);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(MongoException e) {
        return storeUnavailable(RETRY_AFTER);
    }
}
