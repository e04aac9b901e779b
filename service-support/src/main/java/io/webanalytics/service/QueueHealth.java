package io.webanalytics.service;

import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.QueueException;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether Redis answers on the very connection that the queue uses, and whether it keeps what it acknowledges. */
final class QueueHealth implements HealthIndicator {

    private final EventQueue queue;

    QueueHealth(EventQueue queue) {
        this.queue = queue;
    }

    @Override
    public Health health() {
        try {
            List<String> warnings = queue.durabilityWarnings();
            Health.Builder up = Health.up();
            return warnings.isEmpty()
                    ? up.build()
                    : up.withDetail("warnings", warnings).build();
        } catch (QueueException e) {
            return Health.down()
                    .withDetail("error", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
