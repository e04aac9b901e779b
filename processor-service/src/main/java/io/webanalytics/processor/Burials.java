package io.webanalytics.processor;

import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.model.queue.Claim;
import io.webanalytics.model.queue.Claim.Element;
import io.webanalytics.model.queue.EventQueue;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Moves what cannot be stored to the dead letters, and says so in the log at most once a minute, however much it is. */
@Component
final class Burials {

    private static final Logger log = LoggerFactory.getLogger(Burials.class);
    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

    private final BatchMetrics metrics;
    private long untold;
    private long tellAt = System.nanoTime();

    Burials(BatchMetrics metrics) {
        this.metrics = metrics;
    }

    void bury(EventQueue queue, Claim claim, Element element, RejectionReason reason, String error) {
        Instant receivedAt = QueuedEventFormat.receivedAtOf(element.bytes());
        Instant firstSeen = receivedAt == null ? Instant.now() : receivedAt;
        if (queue.bury(claim, element, reason, error, firstSeen)) {
            metrics.buried(reason);
            tell(reason, error);
        }
    }

    private synchronized void tell(RejectionReason reason, String error) {
        untold++;
        if (System.nanoTime() - tellAt >= 0) {
            log.warn(
                    "{} elements became dead letters (GET /dead-letters), the last: {}: {}",
                    untold,
                    reason.word(),
                    error);
            untold = 0;
            tellAt = System.nanoTime() + PERIOD_NANOS;
        }
    }
}
