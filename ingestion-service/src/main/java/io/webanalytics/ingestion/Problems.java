package io.webanalytics.ingestion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.model.queue.QueueException;
import io.webanalytics.service.ProblemHandler;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The one place where a reason for refusing an event becomes an HTTP response and a count. */
@RestControllerAdvice
class Problems extends ProblemHandler {

    /** Seconds after which a sender should try again. */
    private static final int RETRY_AFTER = 1;

    private static final String MAY_BE_TAKEN =
            "The event may have been taken all the same; with an event_id it is safe to try again.";

    private static final Map<RejectionReason, HttpStatus> STATUS = new EnumMap<>(Map.of(
            RejectionReason.INVALID_JSON, HttpStatus.BAD_REQUEST,
            RejectionReason.INVALID_EVENT, HttpStatus.BAD_REQUEST,
            RejectionReason.TOO_LARGE, HttpStatus.CONTENT_TOO_LARGE,
            RejectionReason.UNSUPPORTED_MEDIA_TYPE, HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            RejectionReason.QUEUE_UNAVAILABLE, HttpStatus.SERVICE_UNAVAILABLE,
            RejectionReason.QUEUE_SLOW, HttpStatus.SERVICE_UNAVAILABLE,
            RejectionReason.QUEUE_FULL, HttpStatus.SERVICE_UNAVAILABLE));

    private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);

    Problems(MeterRegistry metrics) {
        for (RejectionReason reason : STATUS.keySet()) {
            rejected.put(
                    reason,
                    Counter.builder("events.rejected")
                            .description("Events that were refused")
                            .tag("reason", reason.word())
                            .register(metrics));
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidEventException e) {
        ProblemDetail problem = problem(e.reason(), "The event is not valid.");
        problem.setProperty("errors", e.errors());
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(QueueException e) {
        String detail =
                switch (e.reason()) {
                    case QUEUE_FULL -> "The queue holds as many events as it may. The event was not taken. Try again.";
                    case QUEUE_SLOW -> "The queue did not answer in time. " + MAY_BE_TAKEN;
                    default -> "The queue cannot be reached, or refuses. " + MAY_BE_TAKEN;
                };
        return retryLater(problem(e.reason(), detail), RETRY_AFTER);
    }

    private ProblemDetail problem(RejectionReason reason, String detail) {
        rejected.get(reason).increment();
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(STATUS.get(reason), detail);
        problem.setProperty("reason", reason.word());
        return problem;
    }
}
