package io.webanalytics.processor;

import static io.webanalytics.processor.ProcessorFixture.SOON;
import static io.webanalytics.processor.ProcessorFixture.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.lettuce.core.Range;
import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.queue.Bell;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TcpProxy;
import io.webanalytics.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The processor from the queue to the store, with a Redis of its own and a line to MongoDB that can be cut. */
@ExtendWith(OutputCaptureExtension.class)
class ProcessorTests {

    private final String database = "processor-" + UUID.randomUUID();
    private final ProcessorFixture fixture = new ProcessorFixture();
    private final EmbeddedRedis server = fixture.server;
    private final RedisCommands<String, String> redis = fixture.redis;
    private final EventQueue queue = fixture.queue;
    private final List<ConfigurableApplicationContext> processors = fixture.processors;
    private final TcpProxy line = new TcpProxy(TestServers.mongo().url());
    private final MongoClient mongo = MongoClients.create(TestServers.mongo().url());
    private final MongoCollection<Document> stored = mongo.getDatabase(database).getCollection("events");

    @AfterEach
    void stop() {
        fixture.close();
        line.close();
        mongo.getDatabase(database).drop();
        mongo.close();
    }

    @Test
    void queuedEventsAreStoredAndSettled() {
        fixture.accept(events(2_500));
        startProcessor();

        awaitStored(2_500);
        await().until(() -> ledger("settled").equals("2500"));
        assertThat(redis.keys("*inflight*")).isEmpty();
    }

    @Test
    void firstOfSeveralCopiesOfAnEventIsStored() {
        Instant happened = Instant.now();
        fixture.accept(List.of(
                ProcessorFixture.copy("/thanks", "user 1", happened),
                ProcessorFixture.copy("/other", "user 2", happened)));
        startProcessor();

        await().atMost(SOON).until(() -> ledger("settled").equals("2"));
        assertThat(stored.find().map(event -> event.getString("path"))).containsExactly("/thanks");
        assertThat(metrics(processors.get(0)))
                .contains("events_duplicate_total{application=\"processor-service\"} 1.0");
    }

    @Test
    void startIsNoOutage(CapturedOutput output) {
        fixture.accept(events(1));
        startProcessor("--logging.level.io.webanalytics=info");

        awaitStored(1);
        await().until(() -> redis.clientList().contains("cmd=brpop"));
        assertThat(output).doesNotContain("fails");
    }

    @Test
    void idleProcessorWakesWhenAnEventArrives() {
        startProcessor();
        await().until(() -> redis.clientList().contains("cmd=brpop"));
        long started = System.nanoTime();
        for (int i = 1; i <= 5; i++) {
            fixture.accept(events(1));
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
        fixture.accept(elements);
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
        fixture.accept(events(10));
        queue.claim("dead worker", Duration.ZERO, 5, 1 << 20);
        startProcessor("--processor.lease=1s");

        awaitStored(10);
        await().until(() -> ledger("settled").equals("10"));
    }

    @Test
    void elementThatThreeWorkersDiedWithIsBuried() {
        fixture.accept(events(1));
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
    void elementThatThreeWorkersDiedWithIsBuriedNoSoonerThanItsHourIsMarked(CapturedOutput output) {
        fixture.accept(events(1));
        for (int death = 0; death < 3; death++) {
            String worker = "w" + death;
            queue.claim(worker, Duration.ZERO, 5, 1 << 20);
            await().until(() -> queue.recover(worker) == 1);
        }
        line.cut();
        startProcessor("--logging.level.io.webanalytics=info");

        await().atMost(SOON).until(() -> output.toString().contains("MongoDB (rollups) fails"));
        assertThat(queue.ledger().inFlight()).isEqualTo(1);
        assertThat(output).doesNotContain("ERROR");
        line.restore();
        await().atMost(SOON).until(() -> queue.ledger().dead() == 1);
    }

    @Test
    void severalProcessorsShareTheQueueAndStoreEachEventOnce() {
        fixture.accept(events(5_000));
        startProcessor("--processor.batch-events=100");
        startProcessor("--processor.batch-events=100");

        awaitStored(5_000);
        await().until(() -> ledger("settled").equals("5000"));
        assertThat(processors.stream().mapToDouble(this::settledBy).sum())
                .as("each event was settled by one of them")
                .isEqualTo(5_000);
    }

    private double settledBy(ConfigurableApplicationContext processor) {
        return processor
                .getBean(MeterRegistry.class)
                .get("events.settled")
                .counter()
                .count();
    }

    @Test
    void nothingIsSettledWhileMongoIsAwayAndAllArrivesWhenItIsBack() {
        startProcessor("--processor.lease=1s");
        fixture.accept(events(10));
        await().atMost(SOON).until(() -> ledger("settled").equals("10"));
        line.cut();
        fixture.accept(events(20));
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
        fixture.accept(events(20));
        await().until(() -> !redis.keys("*inflight*").isEmpty());
        processors.get(0).close();

        assertThat(redis.keys("*inflight*")).isEmpty();
        assertThat(queue.ledger().queued()).isEqualTo(20);
        assertThat(redis.keys("*:attempts")).isEmpty();
    }

    @Test
    void processorSurvivesARestartOfRedis() {
        startProcessor();
        fixture.accept(events(5));
        awaitStored(5);
        server.kill();
        await().atMost(SOON).until(() -> readiness() == 503);
        server.restart();
        await().atMost(SOON).until(() -> readiness() == 200);
        await("this test's own connection")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> fixture.queue.ledger().accepted() == 5);
        fixture.accept(events(5));
        awaitStored(10);
    }

    private void startProcessor(String... settings) {
        fixture.startProcessor(line.url(database), settings);
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
