package io.webanalytics.ingestion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.model.FieldError;
import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.model.queue.QueueException;
import io.webanalytics.service.ProblemHandler;
import java.util.EnumMap;
import java.util.List;
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

    private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);

    Problems(MeterRegistry metrics) {
        for (RejectionReason reason : List.of(
                RejectionReason.INVALID_JSON,
                RejectionReason.INVALID_EVENT,
                RejectionReason.TOO_LARGE,
                RejectionReason.UNSUPPORTED_MEDIA_TYPE,
                RejectionReason.QUEUE_UNAVAILABLE,
                RejectionReason.QUEUE_SLOW)) {
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
        return problem(e.reason(), HttpStatus.BAD_REQUEST, "The event is not valid.", e.errors());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> rejected(RejectedException e) {
        HttpStatus status =
                switch (e.reason()) {
                    case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
                    case UNSUPPORTED_MEDIA_TYPE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
                    default -> HttpStatus.BAD_REQUEST;
                };
        return problem(e.reason(), status, "The event is not valid.", e.errors());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(QueueException e) {
        String detail = e.reason() == RejectionReason.QUEUE_SLOW
                ? "The queue did not answer in time. The event may have been taken; with an event_id a retry is safe."
                : "The queue cannot be reached, or refuses. Try again.";
        return problem(e.reason(), HttpStatus.SERVICE_UNAVAILABLE, detail, List.of());
    }

    private ResponseEntity<ProblemDetail> problem(
            RejectionReason reason, HttpStatus status, String detail, List<FieldError> errors) {
        Counter counter = rejected.get(reason);
        if (counter != null) {
            counter.increment();
        }
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("reason", reason.word());
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            return retryLater(problem, RETRY_AFTER);
        }
        problem.setProperty("errors", errors);
        return ResponseEntity.status(status).body(problem);
    }
}
