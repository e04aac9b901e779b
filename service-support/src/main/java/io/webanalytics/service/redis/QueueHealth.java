package io.webanalytics.service.redis;

import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.QueueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Checks whether Redis would carry out the service's steps, on the queue's own connections, and keep what it
 * acknowledges. The status is down if every partition fails; if only some fail, each is a warning. A full queue is not
 * down: it has room again as soon as something is taken out.
 */
public final class QueueHealth implements HealthIndicator {

    private final List<EventQueue> partitions;
    private final Function<EventQueue, CompletionStage<?>> probe;
    private final DurabilityWarnings durability = new DurabilityWarnings(System::nanoTime);

    /** @param probe the check of a partition, {@link EventQueue#probeAccept} or {@link EventQueue#probeDrain} */
    public QueueHealth(List<EventQueue> partitions, Function<EventQueue, CompletionStage<?>> probe) {
        this.partitions = partitions;
        this.probe = probe;
    }

    @Override
    public Health health() {
        Map<String, EventQueue> servers = new LinkedHashMap<>();
        List<String> errors = new ArrayList<>();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        partitions.forEach(
                queue -> answers.add(probe.apply(queue).toCompletableFuture())); // all at once: each may take long
        for (int i = 0; i < answers.size(); i++) {
            EventQueue queue = partitions.get(i);
            try {
                answers.get(i).join();
                servers.putIfAbsent(queue.server(), queue);
            } catch (CompletionException | QueueException e) {
                errors.add("partition " + queue.partition() + ": "
                        + QueueException.of(e).getMessage());
            }
        }
        if (errors.size() == partitions.size()) {
            return Health.down().withDetail("errors", errors).build();
        }
        Set<String> warnings = new TreeSet<>(errors);
        warnings.addAll(durability.of(servers));
        Health.Builder up = Health.up();
        return warnings.isEmpty()
                ? up.build()
                : up.withDetail("warnings", warnings).build();
    }
}
