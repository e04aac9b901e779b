package io.webanalytics.processor.batch;

import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.Claim;
import io.webanalytics.queue.Claim.Element;
import io.webanalytics.queue.EventQueue;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes dead letters: moves elements that cannot be stored to the dead letters of their partition. */
@Component
final class DeadLetterWriter {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterWriter.class);

    private final BatchMetrics metrics;
    private final LogThrottle throttle = new LogThrottle();

    DeadLetterWriter(BatchMetrics metrics) {
        this.metrics = metrics;
    }

    /** Moves an element of a claim to the dead letters, unless the claim is lost. */
    void bury(EventQueue queue, Claim claim, Element element, RejectionReason reason, String error) {
        Instant receivedAt = QueuedEventFormat.receivedAtOf(element.bytes());
        Instant firstSeen = receivedAt == null ? Instant.now() : receivedAt;
        if (queue.bury(claim, element, reason, error, firstSeen)) {
            metrics.buried(reason);
            throttle.log(times -> log.warn(
                    "{} elements became dead letters (GET /dead-letters), the last: {}: {}",
                    times,
                    reason.word(),
                    error));
        }
    }
}
