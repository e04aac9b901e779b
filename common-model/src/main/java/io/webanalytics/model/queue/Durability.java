package io.webanalytics.model.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the Redis that has a partition keeps what it acknowledges. */
final class Durability {

    private static final Map<String, String> WANTED =
            new TreeMap<>(Map.of("appendonly", "yes", "appendfsync", "always", "maxmemory-policy", "noeviction"));

    private final QueueCalls calls;
    private final QueueKeys keys;

    Durability(QueueCalls calls, QueueKeys keys) {
        this.calls = calls;
        this.keys = keys;
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        WANTED.forEach((setting, wanted) -> {
            try {
                String found = calls.ask(keys.queue, server -> server.configGet(setting))
                        .get(setting);
                if (!wanted.equals(found)) {
                    warnings.add("Redis runs with " + setting + " " + found + " instead of " + wanted);
                }
            } catch (QueueException e) {
                warnings.add("Redis does not tell its " + setting + ", which should be " + wanted);
            }
        });
        return warnings;
    }
}
