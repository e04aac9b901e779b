package io.webanalytics.benchmark.throughput;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.Partitions;
import io.webanalytics.queue.RedisLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The queue in a Redis with the durability that the project asks for. */
final class Queue implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String PLAIN = "events";
    private static final int BATCH = 1_000;

    private final String url;
    private final RedisClient client;
    private final RedisCommands<String, String> commands;
    private final EventQueue queue;

    Queue(String url) throws InterruptedException {
        this.url = url;
        client = RedisClient.create(url);
        ClientOptions.Builder options = ClientOptions.builder();
        RedisLink.configure(options);
        client.setOptions(options.build());
        commands = client.connect().sync();
        queue = new EventQueue(
                new RedisLink(client, TIMEOUT), Partitions.tags(1).get(0));
        queue.awaitConnection(TIMEOUT);
    }

    String url() {
        return url;
    }

    /** Empties Redis, and accepts elements into the queue. */
    void fill(List<byte[]> elements) {
        commands.flushall();
        for (int from = 0; from < elements.size(); from += BATCH) {
            List<byte[]> batch = elements.subList(from, Math.min(from + BATCH, elements.size()));
            queue.accept(batch, Long.MAX_VALUE).toCompletableFuture().join();
        }
    }

    /** Empties Redis, and puts the elements into a plain list, whose length {@link #plainLength} returns. */
    void fillPlain(List<byte[]> elements) {
        commands.flushall();
        elements.forEach(element -> commands.lpush(PLAIN, new String(element, StandardCharsets.UTF_8)));
    }

    long plainLength() {
        return commands.llen(PLAIN);
    }

    long settled() {
        return queue.ledger().settled();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
