package io.webanalytics.service;

import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.QueueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether Redis answers on the very connections that the queue uses, and whether it keeps what it acknowledges. Down where
 * no partition can be reached; of those that cannot while others can, a warning.
 */
final class QueueHealth implements HealthIndicator {

    private final List<EventQueue> partitions;

    QueueHealth(List<EventQueue> partitions) {
        this.partitions = partitions;
    }

    @Override
    public Health health() {
        Set<String> warnings = new TreeSet<>();
        List<String> errors = new ArrayList<>();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        partitions.forEach(
                queue -> answers.add(queue.reach().toCompletableFuture())); // all at once: each may take its time
        for (int i = 0; i < answers.size(); i++) {
            EventQueue queue = partitions.get(i);
            try {
                answers.get(i).join();
                warnings.addAll(queue.durabilityWarnings());
            } catch (CompletionException e) {
                errors.add("partition " + queue.partition() + ": "
                        + QueueException.of(e).getMessage());
            }
        }
        if (errors.size() == partitions.size()) {
            return Health.down().withDetail("errors", errors).build();
        }
        warnings.addAll(errors);
        Health.Builder up = Health.up();
        return warnings.isEmpty()
                ? up.build()
                : up.withDetail("warnings", warnings).build();
    }
}
