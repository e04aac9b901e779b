package io.webanalytics.benchmark.throughput;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.Partitions;
import io.webanalytics.model.queue.RedisLink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A Redis of the benchmark's own with the queue in it, on disk as the project asks for. */
final class Queue implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int BATCH = 1_000;

    private final EmbeddedRedis redis = EmbeddedRedis.start(null);
    private final RedisClient client = RedisClient.create(redis.url());
    private final RedisCommands<String, String> commands;
    private final EventQueue queue;

    Queue() throws InterruptedException {
        ClientOptions.Builder options = ClientOptions.builder();
        RedisLink.configure(options);
        client.setOptions(options.build());
        commands = client.connect().sync();
        queue = new EventQueue(
                new RedisLink(client, TIMEOUT), Partitions.tags(1).get(0));
        queue.awaitConnection(TIMEOUT);
    }

    String url() {
        return redis.url();
    }

    /** Empties it, and takes events in. */
    void fill(Scenario scenario, int events) {
        commands.flushall();
        Instant now = Instant.now();
        List<byte[]> batch = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            batch.add(QueuedEventFormat.encode(QueuedEvent.receive(scenario.event(i, events, now), now)));
            if (batch.size() == BATCH || i == events - 1) {
                queue.accept(batch, Long.MAX_VALUE).toCompletableFuture().join();
                batch.clear();
            }
        }
    }

    long settled() {
        return queue.ledger().settled();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        redis.close();
    }
}
