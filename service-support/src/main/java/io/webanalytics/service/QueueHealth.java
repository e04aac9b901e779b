package io.webanalytics.service;

import io.webanalytics.model.queue.Durability;
import io.webanalytics.model.queue.QueueException;
import io.webanalytics.model.queue.RedisLink;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether Redis answers on the very connection that the queue uses, and whether it keeps what it acknowledges. */
final class QueueHealth implements HealthIndicator {

    private final Durability durability;

    QueueHealth(RedisLink link) {
        this.durability = new Durability(link);
    }

    @Override
    public Health health() {
        try {
            List<String> warnings = durability.warnings();
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
