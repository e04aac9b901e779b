package io.webanalytics.ingestion.response;

import io.webanalytics.ingestion.EventMetrics;
import io.webanalytics.ingestion.EventPaths;
import io.webanalytics.ingestion.body.TooBusyException;
import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.QueueException;
import io.webanalytics.service.http.ProblemHandler;
import io.webanalytics.service.limit.RateLimitedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The one place where a reason for refusing an event becomes an HTTP response. */
@RestControllerAdvice
class IngestionExceptionHandler extends ProblemHandler {

    /** The value of {@code Retry-After}, in seconds. */
    private static final int RETRY_AFTER = 1;

    private static final String MAY_BE_TAKEN =
            "What was sent may have been taken all the same; with an event_id it is safe to try again.";

    private static final String TOO_BUSY =
            "More arrives at once than there is memory for. Nothing was taken. Try again.";

    private static final Map<RejectionReason, HttpStatus> STATUS = new EnumMap<>(Map.of(
            RejectionReason.INVALID_JSON, HttpStatus.BAD_REQUEST,
            RejectionReason.INVALID_EVENT, HttpStatus.BAD_REQUEST,
            RejectionReason.TOO_LARGE, HttpStatus.CONTENT_TOO_LARGE,
            RejectionReason.UNSUPPORTED_MEDIA_TYPE, HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            RejectionReason.RATE_LIMITED, HttpStatus.TOO_MANY_REQUESTS,
            RejectionReason.QUEUE_UNAVAILABLE, HttpStatus.SERVICE_UNAVAILABLE,
            RejectionReason.QUEUE_SLOW, HttpStatus.SERVICE_UNAVAILABLE,
            RejectionReason.QUEUE_FULL, HttpStatus.SERVICE_UNAVAILABLE,
            RejectionReason.TOO_BUSY, HttpStatus.SERVICE_UNAVAILABLE,
            RejectionReason.FORBIDDEN, HttpStatus.FORBIDDEN));

    private final EventMetrics events;

    IngestionExceptionHandler(EventMetrics events) {
        this.events = events;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidEventException e) {
        events.countRejected(e.reason(), 1);
        ProblemDetail problem = problem(
                e.reason(),
                e.reason() == RejectionReason.FORBIDDEN
                        ? "This key does not allow this."
                        : "What was sent is not valid.");
        problem.setProperty("errors", e.errors());
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> rateLimited(RateLimitedException e) {
        events.countRejected(RejectionReason.RATE_LIMITED, 1);
        ProblemDetail problem = problem(
                RejectionReason.RATE_LIMITED, "More was sent than this sender may send. Nothing was taken. Try again.");
        return retryLater(problem, e.retryAfter());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooBusy(TooBusyException e) {
        events.countRejected(RejectionReason.TOO_BUSY, 1);
        return retryLater(problem(RejectionReason.TOO_BUSY, TOO_BUSY), RETRY_AFTER);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(QueueException e) {
        String detail =
                switch (e.reason()) {
                    case QUEUE_FULL -> "The queue holds as many events as it may. Nothing was taken. Try again.";
                    case TOO_BUSY -> TOO_BUSY;
                    case QUEUE_SLOW -> "The queue did not answer in time. " + MAY_BE_TAKEN;
                    default -> "The queue cannot be reached, or refuses. " + MAY_BE_TAKEN;
                };
        return retryLater(problem(e.reason(), detail), RETRY_AFTER);
    }

    @Override
    public ResponseEntity<ProblemDetail> unauthorized(AuthenticationException e, HttpServletRequest request) {
        count(RejectionReason.UNAUTHORIZED, request);
        return super.unauthorized(e, request);
    }

    @Override
    public ResponseEntity<ProblemDetail> forbidden(AccessDeniedException e, HttpServletRequest request) {
        count(RejectionReason.FORBIDDEN, request);
        return super.forbidden(e, request);
    }

    private void count(RejectionReason reason, HttpServletRequest request) {
        if (EventPaths.ALL.contains(request.getRequestURI())) {
            events.countRejected(reason, 1);
        }
    }

    private static ProblemDetail problem(RejectionReason reason, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(STATUS.get(reason), detail);
        problem.setProperty("reason", reason.word());
        return problem;
    }
}
