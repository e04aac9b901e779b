package io.webanalytics.service.redis;

import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.QueueException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Checks whether servers keep what they acknowledge. Settings rarely change and probes are frequent, so each server is
 * queried once a minute.
 */
final class DurabilityWarnings {

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private Map<String, Told> remembered = Map.of();

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    DurabilityWarnings(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Told(List<String> warnings, long at) {}

    /**
     * Returns the settings with which servers may lose what they acknowledged.
     *
     * @param servers one partition of each server, by the server's name; other servers' warnings are forgotten
     */
    synchronized List<String> of(Map<String, EventQueue> servers) {
        Map<String, Told> told = new HashMap<>();
        List<String> warnings = new ArrayList<>();
        servers.forEach((server, queue) -> {
            Told last = remembered.get(server);
            try {
                Told now =
                        last == null || isOld(last) ? new Told(queue.durabilityWarnings(), nanoTime.getAsLong()) : last;
                told.put(server, now);
                warnings.addAll(now.warnings);
            } catch (QueueException e) {
                warnings.add("Redis does not tell its settings: " + e.getMessage());
            }
        });
        remembered = told;
        return warnings;
    }

    private boolean isOld(Told told) {
        return nanoTime.getAsLong() - told.at > REMEMBERED_FOR.toNanos();
    }
}
