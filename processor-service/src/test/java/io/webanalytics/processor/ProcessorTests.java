package io.webanalytics.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.model.Event;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.model.queue.Bell;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.RedisLink;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TcpProxy;
import io.webanalytics.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The processor from the queue to the store, with a Redis of its own and a line to MongoDB that can be cut. */
class ProcessorTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final String database = "processor-" + UUID.randomUUID();
    private final EmbeddedRedis server = EmbeddedRedis.start(null);
    private final TcpProxy line = new TcpProxy(TestServers.mongo().url());
    private final MongoClient mongo = MongoClients.create(TestServers.mongo().url());
    private final MongoCollection<Document> stored = mongo.getDatabase(database).getCollection("events");
    private final List<ConfigurableApplicationContext> processors = new ArrayList<>();

    private RedisClient client;
    private RedisCommands<String, String> redis;
    private EventQueue queue;

    @BeforeEach
    void connect() throws InterruptedException {
        client = RedisClient.create(server.url());
        ClientOptions.Builder options = ClientOptions.builder();
        RedisLink.configure(options);
        client.setOptions(options.build());
        RedisLink link = new RedisLink(client, Duration.ofSeconds(5));
        link.awaitConnection(Duration.ofSeconds(5));
        queue = new EventQueue(link, "0");
        redis = client.connect().sync();
    }

    @AfterEach
    void stop() {
        processors.forEach(ConfigurableApplicationContext::close);
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        server.close();
        line.close();
        mongo.getDatabase(database).drop();
        mongo.close();
    }

    @Test
    void queuedEventsAreStoredAndSettled() {
        accept(events(2_500));
        startProcessor();

        awaitStored(2_500);
        await().until(() -> ledger("settled").equals("2500"));
        assertThat(redis.keys("*inflight*")).isEmpty();
    }

    @Test
    void idleProcessorWakesWhenAnEventArrives() {
        startProcessor();
        await().until(() -> redis.clientList().contains("cmd=brpop"));
        long started = System.nanoTime();
        for (int i = 1; i <= 5; i++) {
            accept(events(1));
            awaitStored(i);
        }
        // Had each event waited for the end of a bell's period, five would have taken longer.
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Bell.PERIOD.multipliedBy(2));
    }

    @Test
    void whatIsNotAnEventIsBuriedAndItsNeighboursAreStored() {
        List<byte[]> elements = new ArrayList<>(events(3));
        elements.add(1, "garbage".getBytes(StandardCharsets.UTF_8));
        elements.add("{\"v\":1}".getBytes(StandardCharsets.UTF_8));
        accept(elements);
        startProcessor();

        awaitStored(3);
        await().until(() -> queue.ledger().dead() == 2);
        assertThat(redis.xrange("events:{0}:dead", Range.unbounded()))
                .allSatisfy(letter -> assertThat(letter.getBody()).containsEntry("reason", "invalid_element"))
                .anySatisfy(letter -> assertThat(letter.getBody()).containsEntry("element", "garbage"));
        await().until(() -> ledger("settled").equals("3"));
        assertThat(metrics(processors.get(0)))
                .contains("events_dead_total{application=\"processor-service\",reason=\"invalid_element\"} 2.0");
    }

    @Test
    void whatADeadWorkerLeftBehindIsRecovered() {
        accept(events(10));
        queue.claim("dead worker", Duration.ZERO, 5, 1 << 20);
        startProcessor("--processor.lease=1s");

        awaitStored(10);
        await().until(() -> ledger("settled").equals("10"));
    }

    @Test
    void elementThatThreeWorkersDiedWithIsBuried() {
        accept(events(1));
        for (int death = 0; death < 3; death++) {
            String worker = "w" + death;
            queue.claim(worker, Duration.ZERO, 5, 1 << 20);
            await().until(() -> queue.recover(worker) == 1);
        }
        startProcessor();

        await().atMost(SOON).until(() -> queue.ledger().dead() == 1);
        assertThat(redis.xrange("events:{0}:dead", Range.unbounded()).get(0).getBody())
                .containsEntry("reason", "worker_died")
                .containsEntry("attempts", "3");
    }

    @Test
    void severalProcessorsShareTheQueueAndStoreEachEventOnce() {
        accept(events(5_000));
        startProcessor("--processor.batch-events=100");
        startProcessor("--processor.batch-events=100");

        awaitStored(5_000);
        await().until(() -> ledger("settled").equals("5000"));
        for (ConfigurableApplicationContext processor : processors) {
            assertThat(metrics(processor)).contains("events_duplicate_total{application=\"processor-service\"} 0.0");
        }
    }

    @Test
    void nothingIsSettledWhileMongoIsAwayAndAllArrivesWhenItIsBack() {
        startProcessor("--processor.lease=1s");
        accept(events(10));
        awaitStored(10);
        line.cut();
        accept(events(20));
        await().atMost(SOON).until(() -> readiness() == 503);
        assertThat(Http.get(url("/actuator/health")).body()).contains("\"mongo\":{");
        assertThat(Http.get(url("/actuator/health/liveness")).statusCode()).isEqualTo(200);
        assertThat(ledger("settled")).isEqualTo("10");
        assertThat(redis.keys("*:attempts"))
                .as("leases were renewed all the time")
                .isEmpty();

        line.restore();
        awaitStored(30);
        await().until(() -> ledger("settled").equals("30"));
        await().atMost(SOON).until(() -> readiness() == 200);
    }

    @Test
    void orderlyStopGivesBackWhatCouldNotBeStored() {
        startProcessor();
        line.cut();
        accept(events(20));
        await().until(() -> !redis.keys("*inflight*").isEmpty());
        processors.get(0).close();

        assertThat(redis.keys("*inflight*")).isEmpty();
        assertThat(queue.ledger().queued()).isEqualTo(20);
        assertThat(redis.keys("*:attempts")).isEmpty();
    }

    @Test
    void processorSurvivesARestartOfRedis() {
        startProcessor();
        accept(events(5));
        awaitStored(5);
        server.kill();
        await().atMost(SOON).until(() -> readiness() == 503);
        server.restart();
        await().atMost(SOON).until(() -> readiness() == 200);
        accept(events(5));
        awaitStored(10);
    }

    private void startProcessor(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--server.port=0");
        arguments.add("--spring.data.redis.url=" + server.url());
        arguments.add("--spring.mongodb.uri=mongodb://127.0.0.1:" + line.port() + "/" + database);
        processors.add(ProcessorApplication.application().run(arguments.toArray(String[]::new)));
    }

    private void accept(List<byte[]> elements) {
        queue.accept(elements, 1_000_000)
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    private static List<byte[]> events(int count) {
        Instant now = Instant.now();
        List<byte[]> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event event = new Event("site", "page_view", "/" + i, "u", now, null);
            elements.add(QueuedEventFormat.encode(QueuedEvent.receive(event, now)));
        }
        return elements;
    }

    private void awaitStored(int expected) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(SOON)
                .until(stored::countDocuments, count -> count == expected);
    }

    private String ledger(String figure) {
        return String.valueOf(redis.hget("events:{0}:ledger", figure));
    }

    private static String metrics(ConfigurableApplicationContext processor) {
        return Http.get(url(processor, "/actuator/prometheus")).body();
    }

    private int readiness() {
        return Http.get(url("/actuator/health/readiness")).statusCode();
    }

    private String url(String path) {
        return url(processors.get(0), path);
    }

    private static String url(ConfigurableApplicationContext processor, String path) {
        int port = ((WebServerApplicationContext) processor).getWebServer().getPort();
        return "http://localhost:" + port + path;
    }
}
