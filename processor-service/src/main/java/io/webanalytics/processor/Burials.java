package io.webanalytics.processor;

import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.Claim;
import io.webanalytics.queue.Claim.Element;
import io.webanalytics.queue.EventQueue;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Moves what cannot be stored to the dead letters, and says so in the log at most once a minute, however much it is. */
@Component
final class Burials {

    private static final Logger log = LoggerFactory.getLogger(Burials.class);

    private final BatchMetrics metrics;
    private final RareLine line = new RareLine();

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

    private void tell(RejectionReason reason, String error) {
        line.tell(times -> log.warn(
                "{} elements became dead letters (GET /dead-letters), the last: {}: {}", times, reason.word(), error));
    }
}
