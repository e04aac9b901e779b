package io.webanalytics.processor;

import static io.webanalytics.processor.ProcessorFixture.SOON;
import static io.webanalytics.processor.ProcessorFixture.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ScoredValue;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.LogLines;
import io.webanalytics.testing.QueueScripts;
import io.webanalytics.testing.Signals;
import io.webanalytics.testing.TcpProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/** A Redis that hangs, and a line to it that breaks, under one processor that runs through all of it. */
class RedisOutageTests {

    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final FailingMongo MONGO = new FailingMongo();
    private static final ProcessorFixture FIXTURE = new ProcessorFixture();
    private static final TcpProxy LINE = new TcpProxy(FIXTURE.server.url());

    @BeforeAll
    static void startProcessor() {
        FIXTURE.startProcessor(
                MONGO.url() + "/analytics",
                "--spring.data.redis.url=" + LINE.url(),
                "--processor.lease=" + LEASE,
                "--processor.redis-timeout=" + TIMEOUT);
    }

    @AfterAll
    static void stop() {
        FIXTURE.close();
        LINE.close();
        MONGO.close();
    }

    @AfterEach
    void everyAcceptedEventIsStoredOnceAndSettled() {
        FIXTURE.assertAllStoredOnceAndSettled(MONGO);
    }

    @Test
    void eventsAreStoredOnceThoughRepliesToSettleAreLost() {
        String settle = FIXTURE.redis.scriptLoad(QueueScripts.source("settle"));
        for (int i = 0; i < 5; i++) {
            LINE.cutBeforeReplyTo(settle);
            FIXTURE.accept(events(100));
            await().atMost(SOON).until(() -> !LINE.awaitsFatalRequest());
        }
    }

    @Test
    void livingWorkersKeepTheirBatchesWhenRedisHangsForLongerThanTheirLease() {
        holdABatch();
        // Several times, since it matters what the processor asks Redis when the hang begins.
        for (int i = 0; i < 3; i++) {
            hangBeyondTheLease(() -> true);
            assertEveryLeaseIsRenewed();
        }
    }

    @Test
    void hangingRedisIsALineInTheLogAndOneWhenItIsOver() {
        holdABatch();
        try (LogLines log = new LogLines()) {
            hangBeyondTheLease(() -> !warningsOfThePartition(log).isEmpty());
            assertEveryLeaseIsRenewed();

            await().atMost(SOON)
                    .until(() ->
                            log.information("Redis (partition 0) works again").size() == 1);
            assertThat(warningsOfThePartition(log))
                    .singleElement()
                    .asString()
                    .startsWith("Redis (partition 0) fails: ");
        }
    }

    /** The registry of sites and keys has a line of its own. */
    private static List<String> warningsOfThePartition(LogLines log) {
        return log.warnings().stream()
                .filter(line -> !line.startsWith("Redis (registry"))
                .toList();
    }

    /** A full Redis still allows the steps that drain the queue. */
    @Test
    void fullRedisIsReady() {
        FIXTURE.redis.configSet("maxmemory", "1");
        try {
            int port = ((WebServerApplicationContext) FIXTURE.processors.get(0))
                    .getWebServer()
                    .getPort();
            assertThat(Http.get("http://localhost:" + port + "/actuator/health").body())
                    .contains("\"queue\":{\"status\":\"UP\"}");
        } finally {
            FIXTURE.redis.configSet("maxmemory", "0");
        }
    }

    @Test
    void workerThatPausesAfterFailuresKeepsItsLease() {
        FIXTURE.redis.set("events:{0}:displaced", "not a set"); // so that a settle fails, and a claim does not
        try {
            FIXTURE.accept(events(1));
            await().atMost(SOON).until(() -> leaseEnds() > 0);

            await().during(Duration.ofSeconds(6))
                    .atMost(SOON)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> leaseEnds() > now());
        } finally {
            FIXTURE.redis.del("events:{0}:displaced");
        }
    }

    private static double leaseEnds() {
        return FIXTURE.redis.zrangeWithScores("events:{0}:workers", 0, 0).stream()
                .mapToDouble(ScoredValue::getScore)
                .findFirst()
                .orElse(0);
    }

    /** By Redis's clock. */
    private static long now() {
        List<String> time = FIXTURE.redis.time();
        return Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
    }

    /** MongoDB fails, so that a worker has something to lose, and another has nothing to do. */
    private static void holdABatch() {
        MONGO.fail(FailingMongo.refusing(189, "PrimarySteppedDown"));
        FIXTURE.accept(events(20));
        await().atMost(SOON).until(() -> MONGO.inserts().size() >= 3);
    }

    private static void hangBeyondTheLease(BooleanSupplier longEnough) {
        Instant over = FIXTURE.ledger().holders().get(0).leaseEnds().plusMillis(100);
        Signals.pause(FIXTURE.server.process());
        try {
            await().atMost(SOON).until(() -> Instant.now().isAfter(over) && longEnough.getAsBoolean());
        } finally {
            Signals.resume(FIXTURE.server.process());
        }
    }

    private static void assertEveryLeaseIsRenewed() {
        Instant resumed = FIXTURE.ledger().asOf();
        await().atMost(SOON)
                .until(() -> FIXTURE.ledger().holders().stream()
                        .anyMatch(holder -> holder.leaseEnds().isAfter(resumed.plus(LEASE))));
        assertThat(FIXTURE.someWorkerDied()).isFalse();
    }
}
