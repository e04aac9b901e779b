package io.webanalytics.service.http;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Responds to exceptions, in every service, with problem details that expose no internals.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, problem details</a>
 */
public abstract class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    /** Refuses a query string that cannot be decoded, such as {@code ?a=%zz}, or has more parameters than Tomcat takes. */
    @ExceptionHandler
    ProblemDetail unreadableParameters(InvalidParameterException e) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST,
                "The query string must be percent-encoded UTF-8, with 1000 parameters at most.");
    }

    @ExceptionHandler
    ProblemDetail invalidParameters(InvalidParametersException e) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "The parameters are not valid.");
        problem.setProperty("errors", e.errors());
        return problem;
    }

    /** Treats any other exception as our fault. */
    @ExceptionHandler
    ProblemDetail unexpected(Exception e) {
        log.error("A request failed unexpectedly", e);
        return ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed unexpectedly.");
    }

    /** Returns a 503 with {@code Retry-After}. */
    protected static ResponseEntity<ProblemDetail> retryLater(ProblemDetail problem, int seconds) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds))
                .body(problem);
    }
}
