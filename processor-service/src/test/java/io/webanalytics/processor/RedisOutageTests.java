package io.webanalytics.processor;

import static io.webanalytics.processor.ProcessorFixture.SOON;
import static io.webanalytics.processor.ProcessorFixture.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.Ledger;
import io.webanalytics.testing.LogLines;
import io.webanalytics.testing.Signals;
import io.webanalytics.testing.TcpProxy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Redis that hangs, and a line to it that breaks, under one processor that runs through all of it. */
class RedisOutageTests {

    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final FailingMongo MONGO = new FailingMongo();
    private static final ProcessorFixture FIXTURE = new ProcessorFixture();
    private static final TcpProxy LINE = new TcpProxy(FIXTURE.server.url());
    private static final MongoClient CLIENT = MongoClients.create(MONGO.url());
    private static final MongoCollection<Document> STORED =
            CLIENT.getDatabase("analytics").getCollection("events");

    @BeforeAll
    static void startProcessor() {
        FIXTURE.startProcessor(
                MONGO.url() + "/analytics",
                "--spring.data.redis.url=redis://127.0.0.1:" + LINE.port(),
                "--processor.lease=" + LEASE,
                "--processor.redis-timeout=" + TIMEOUT);
    }

    @AfterAll
    static void stop() {
        FIXTURE.close();
        LINE.close();
        CLIENT.close();
        MONGO.close();
    }

    @AfterEach
    void everyAcceptedEventIsStoredOnceAndSettled() {
        MONGO.work();
        await().atMost(SOON).until(() -> ledger().settled() == ledger().accepted());
        assertThat(STORED.countDocuments()).isEqualTo(ledger().accepted());
        assertThat(ledger()).matches(Ledger::balanced);
        assertThat(FIXTURE.someWorkerDied()).isFalse();
    }

    @Test
    void eventsAreStoredOnceThoughRepliesToSettleAreLost() {
        String settle = FIXTURE.redis.scriptLoad(source("settle.lua"));
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
            hangBeyondTheLease(() -> !log.warnings().isEmpty());
            assertEveryLeaseIsRenewed();

            await().atMost(SOON)
                    .until(() ->
                            log.information("Redis (partition 0) works again").size() == 1);
            assertThat(log.warnings()).singleElement().asString().startsWith("Redis (partition 0) fails: ");
        }
    }

    /** MongoDB fails, so that a worker has something to lose, and another has nothing to do. */
    private static void holdABatch() {
        MONGO.fail(FailingMongo.refusing(189, "PrimarySteppedDown"));
        FIXTURE.accept(events(20));
        await().atMost(SOON).until(() -> MONGO.inserts().size() >= 3);
    }

    private static void hangBeyondTheLease(BooleanSupplier longEnough) {
        Instant over = ledger().holders().get(0).leaseEnds().plusMillis(100);
        Signals.pause(FIXTURE.server.process());
        try {
            await().atMost(SOON).until(() -> Instant.now().isAfter(over) && longEnough.getAsBoolean());
        } finally {
            Signals.resume(FIXTURE.server.process());
        }
    }

    private static void assertEveryLeaseIsRenewed() {
        Instant resumed = ledger().asOf();
        await().atMost(SOON)
                .until(() -> ledger().holders().stream()
                        .anyMatch(holder -> holder.leaseEnds().isAfter(resumed.plus(LEASE))));
        assertThat(FIXTURE.someWorkerDied()).isFalse();
    }

    private static Ledger ledger() {
        return FIXTURE.queue.ledger();
    }

    private static String source(String script) {
        try (InputStream lua = EventQueue.class.getResourceAsStream(script)) {
            return new String(lua.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
