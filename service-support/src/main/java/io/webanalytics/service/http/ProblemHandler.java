package io.webanalytics.service.http;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
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

    /** Refuses a header or the name of a parameter that Spring Security finds unsafe to read, such as {@code ?%00=a}. */
    @ExceptionHandler
    ProblemDetail unsafe(RequestRejectedException e) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, "Headers and names of parameters must not have control characters.");
    }

    @ExceptionHandler
    ProblemDetail invalidParameters(InvalidParametersException e) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "The parameters are not valid.");
        problem.setProperty("errors", e.errors());
        return problem;
    }

    /** Refuses a caller that is not known. Whatever is wrong with its key or login, the response is the same. */
    @ExceptionHandler
    public ResponseEntity<ProblemDetail> unauthorized(AuthenticationException e, HttpServletRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.UNAUTHORIZED,
                "This needs a key (Authorization: Bearer wa_...) or a login that is valid here.");
        problem.setProperty("reason", "unauthorized");
        return unauthorized(problem);
    }

    /** Refuses a caller that may not do this. Whether there is what it asks for, the response does not tell. */
    @ExceptionHandler
    public ResponseEntity<ProblemDetail> forbidden(AccessDeniedException e, HttpServletRequest request) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, "This key or login does not allow this.");
        problem.setProperty("reason", "forbidden");
        return ResponseEntity.status(HttpStatus.FORBIDDEN).body(problem);
    }

    /** Puts off a caller whose key or login cannot be checked: what it knows may be valid. */
    @ExceptionHandler
    public ResponseEntity<ProblemDetail> cannotTell(AuthenticationServiceException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "Keys and logins cannot be checked now. Try again.");
        problem.setProperty("reason", "access_unknown");
        return retryLater(problem, 1);
    }

    /** Says nothing of a bad request to which there is a response already, such as one whose body breaks off. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        boolean isCommitted = request instanceof ServletWebRequest servlet
                && servlet.getResponse() != null
                && servlet.getResponse().isCommitted();
        return isCommitted && status.is4xxClientError()
                ? null
                : super.handleExceptionInternal(e, body, headers, status, request);
    }

    /** Treats any other exception as our fault. */
    @ExceptionHandler
    ProblemDetail unexpected(Exception e) {
        log.error("A request failed unexpectedly", e);
        return ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed unexpectedly.");
    }

    /** Returns a 401 with {@code WWW-Authenticate}, which HTTP requires. */
    protected static ResponseEntity<ProblemDetail> unauthorized(ProblemDetail problem) {
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .body(problem);
    }

    /** Returns a 503 for a MongoDB that is away or slow, with {@code Retry-After}. */
    protected static ResponseEntity<ProblemDetail> storeUnavailable(int seconds) {
        return retryLater(
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The store cannot be reached now, or takes too long. Try again."),
                seconds);
    }

    /** Returns a problem with {@code Retry-After}. */
    protected static ResponseEntity<ProblemDetail> retryLater(ProblemDetail problem, int seconds) {
        return ResponseEntity.status(problem.getStatus())
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds))
                .body(problem);
    }
}
