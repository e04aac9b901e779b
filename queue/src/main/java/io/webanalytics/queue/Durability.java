package io.webanalytics.queue;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Checks whether the Redis that has a partition keeps what it acknowledges. */
final class Durability {

    private static final Map<String, String> WANTED =
            new TreeMap<>(Map.of("appendonly", "yes", "appendfsync", "always", "maxmemory-policy", "noeviction"));

    private final QueueCalls calls;
    private final QueueKeys keys;

    Durability(QueueCalls calls, QueueKeys keys) {
        this.calls = calls;
        this.keys = keys;
    }

    /** @throws QueueException if Redis does not answer; where it refuses to report a setting, that is a warning */
    List<String> warnings() {
        Map<String, CompletionStage<Map<String, String>>> answers = new TreeMap<>();
        WANTED.keySet()
                .forEach(setting -> answers.put(
                        setting, calls.ask(keys.queue, server -> server.configGet(setting)))); // all at once
        List<String> warnings = new ArrayList<>();
        WANTED.forEach((setting, wanted) -> {
            try {
                String found = QueueCalls.await(answers.get(setting)).get(setting);
                if (!wanted.equals(found)) {
                    warnings.add("Redis runs with " + setting + " " + found + " instead of " + wanted);
                }
            } catch (QueueException e) {
                if (!(e.getCause() instanceof RedisCommandExecutionException)) {
                    throw e;
                }
                warnings.add("Redis does not tell its " + setting + ", which should be " + wanted);
            }
        });
        return warnings;
    }
}
