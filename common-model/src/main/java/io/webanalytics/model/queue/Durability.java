package io.webanalytics.model.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether Redis keeps what it acknowledges. */
public final class Durability {

    private static final Map<String, String> WANTED =
            new TreeMap<>(Map.of("appendonly", "yes", "appendfsync", "always", "maxmemory-policy", "noeviction"));

    private final QueueCalls calls;

    /** @param link the connection to ask on */
    public Durability(RedisLink link) {
        this.calls = new QueueCalls(link);
    }

    /**
     * What stands between an acknowledgement of Redis and its promise: nothing acknowledged is lost when Redis is killed.
     * Of a cluster, one node is asked.
     *
     * @return one sentence for each setting that differs from what the queue asks for
     * @throws QueueException if Redis does not answer
     */
    public List<String> warnings() {
        calls.await(redis -> redis.ping());
        List<String> warnings = new ArrayList<>();
        WANTED.forEach((setting, wanted) -> {
            try {
                String found = calls.await(redis -> redis.configGet(setting)).get(setting);
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
