package io.webanalytics.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.model.Event;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.queue.DeadLetters;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.Ledger;
import io.webanalytics.queue.RedisLink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ConfigurableApplicationContext;

/** A Redis of its own, the queue in it, and processors that empty the queue. */
public final class ProcessorFixture implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(20);

    private static final String REDIS_URL = "--spring.data.redis.url=";

    final EmbeddedRedis server = EmbeddedRedis.start(null);
    public final List<ConfigurableApplicationContext> processors = new ArrayList<>();
    final EventQueue queue;
    final DeadLetters letters;
    final RedisCommands<String, String> redis;

    private final RedisClient client = RedisClient.create(server.url());

    public ProcessorFixture() {
        ClientOptions.Builder options = ClientOptions.builder();
        RedisLink.configure(options);
        client.setOptions(options.build());
        RedisLink link = new RedisLink(client, Duration.ofSeconds(5));
        try {
            assertThat(link.awaitConnection(SOON)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        queue = new EventQueue(link, "0");
        letters = queue.deadLetters();
        redis = client.connect().sync();
    }

    /** @param settings take precedence: they may name a line to this Redis that can be cut */
    public void startProcessor(String mongo, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        if (!String.join(" ", settings).contains(REDIS_URL)) {
            arguments.add(REDIS_URL + server.url());
        }
        arguments.addAll(List.of("--server.port=0", "--spring.mongodb.uri=" + mongo));
        processors.add(ProcessorApplication.application().run(arguments.toArray(String[]::new)));
    }

    void accept(List<byte[]> elements) {
        queue.accept(elements, 1_000_000)
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    static List<byte[]> events(int count) {
        List<byte[]> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(event("/" + i));
        }
        return elements;
    }

    static byte[] event(String path) {
        return event(path, Instant.now());
    }

    static byte[] event(String path, Instant happened) {
        Event event = new Event("site", "page_view", path, "u", happened, null);
        return QueuedEventFormat.encode(QueuedEvent.receive(event, Instant.now()));
    }

    /** One of several copies of an event. */
    static byte[] copy(String path, String userId, Instant timestamp) {
        Event event = new Event("site", "page_view", path, userId, timestamp, "an-event-id");
        return QueuedEventFormat.encode(QueuedEvent.receive(event, Instant.now()));
    }

    Ledger ledger() {
        return queue.ledger();
    }

    /** Waits until all that was accepted is settled: it is there, once, and no living worker was recovered. */
    void assertAllStoredOnceAndSettled(FailingMongo mongo) {
        mongo.work();
        await().atMost(SOON).until(() -> ledger().settled() == ledger().accepted());
        assertThat(mongo.stored()).isEqualTo(ledger().accepted());
        assertThat(ledger()).matches(Ledger::balanced);
        assertThat(someWorkerDied()).isFalse();
    }

    /** Whether a worker was ever taken for dead. */
    boolean someWorkerDied() {
        return !redis.keys("*:attempts").isEmpty();
    }

    @Override
    public void close() {
        processors.forEach(ConfigurableApplicationContext::close);
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        server.close();
    }
}
