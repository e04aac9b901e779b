package io.webanalytics.processor;

import static io.webanalytics.processor.ProcessorFixture.SOON;
import static io.webanalytics.processor.ProcessorFixture.event;
import static io.webanalytics.processor.ProcessorFixture.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.processor.FailingMongo.Fault;
import io.webanalytics.processor.FailingMongo.Insert;
import io.webanalytics.processor.rollup.RollupTasks;
import io.webanalytics.testing.LogLines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A MongoDB in trouble of every kind, and one processor that runs through all of it: nothing is settled that was not
 * acknowledged, and no restart is needed.
 */
class MongoOutageTests {

    private static final FailingMongo MONGO = new FailingMongo();
    private static final ProcessorFixture FIXTURE = new ProcessorFixture();

    @BeforeAll
    static void startProcessor() {
        FIXTURE.startProcessor(
                MONGO.url() + "/analytics",
                "--processor.lease=1s",
                "--processor.mongo-timeout=100ms",
                "--processor.refusal-patience=0s");
    }

    @AfterAll
    static void stop() {
        MONGO.work();
        FIXTURE.close();
        MONGO.close();
    }

    @AfterEach
    void everyAcceptedEventIsStoredOnceAndSettled() {
        FIXTURE.assertAllStoredOnceAndSettled(MONGO);
    }

    static Stream<Named<Fault>> outages() {
        return Stream.of(
                Named.of("not the primary", FailingMongo.refusing(10107, "NotWritablePrimary")),
                Named.of("primary stepped down", FailingMongo.refusing(189, "PrimarySteppedDown")),
                Named.of("disk full", FailingMongo.refusing(14031, "OutOfDiskSpace")),
                Named.of("disk full, said of each document", FailingMongo.refusing(14031, "OutOfDiskSpace", "*")),
                Named.of("write concern not met", FailingMongo.missingItsWriteConcern()),
                Named.of("hanging", MONGO.hanging()));
    }

    @Test
    void whatIsWrittenAgainForWantOfAMajorityIsNoDuplicate() {
        double duplicates = duplicates();
        MONGO.fail(FailingMongo.missingItsWriteConcern());
        FIXTURE.accept(events(20));
        await().atMost(SOON).until(() -> MONGO.inserts().size() >= 3);
        MONGO.work();

        FIXTURE.assertAllStoredOnceAndSettled(MONGO);
        assertThat(duplicates()).isEqualTo(duplicates);
    }

    /** Counting takes a while where many hours wait. */
    @Test
    void whatWaitsIsToldWhileItIsCountedAgain() {
        RollupTasks rollups = FIXTURE.processors.get(0).getBean(RollupTasks.class);
        Gauge waiting = metrics().get("rollup.due").gauge();
        rollups.watch();

        List<Double> told = new CopyOnWriteArrayList<>();
        MONGO.beforeAggregations(() -> told.add(waiting.value()));
        rollups.watch();
        MONGO.work();
        assertThat(told).isNotEmpty().doesNotContain(Double.NaN);
    }

    @ParameterizedTest
    @MethodSource("outages")
    void nothingIsSettledDuringAnOutageAndAllIsStoredOnceAfterIt(Fault outage) {
        try (LogLines log = new LogLines()) {
            long settled = FIXTURE.ledger().settled();
            MONGO.fail(outage);
            FIXTURE.accept(events(20));
            await().atMost(SOON).until(() -> MONGO.inserts().size() >= 3);

            assertThat(FIXTURE.ledger().settled()).isEqualTo(settled);
            assertThat(FIXTURE.ledger().dead()).isZero();
            assertThat(failing(log)).contains("MongoDB (events)").doesNotHaveDuplicates();
            assertPausesGrow(MONGO.inserts());

            MONGO.work();
            await().atMost(SOON).until(() -> FIXTURE.ledger().settled() == settled + 20);
            await().atMost(SOON).until(() -> worksAgain(log));
            assertThat(failing(log)).doesNotHaveDuplicates();
        }
    }

    /** A router answers so for each document of a shard that is away, and stores the others. */
    @Test
    void documentsOfAShardThatIsAwayAreNotBuriedHoweverOftenTheirNeighboursAreStored() {
        long settled = FIXTURE.ledger().settled();
        MONGO.fail(FailingMongo.refusing(133, "FailedToSatisfyReadPreference", "/away"));
        FIXTURE.accept(List.of(event("/a"), event("/away"), event("/b")));
        double duplicates = duplicates();
        await("one more than a document may be refused").atMost(SOON).until(() -> insertsOf("/away") >= 6);

        assertThat(FIXTURE.ledger().dead()).isZero();
        assertThat(FIXTURE.ledger().settled()).isEqualTo(settled);
        assertThat(duplicates()).as("neighbours that were sent again").isEqualTo(duplicates);
    }

    @Test
    void retrySendsOnlyWhatIsNotStoredYet() {
        double duplicates = duplicates();
        MONGO.fail(FailingMongo.refusing(99999, "SomethingNew", "/odd"));
        List<byte[]> elements = new ArrayList<>(events(100));
        elements.add(event("/odd"));
        FIXTURE.accept(elements);

        await().atMost(SOON).until(() -> FIXTURE.ledger().dead() == 1);
        assertThat(MONGO.inserts().stream().skip(1))
                .as("it, and one of which MongoDB is known to have it")
                .allMatch(insert -> insert.size() == 2);
        assertThat(duplicates()).isEqualTo(duplicates);

        MONGO.work();
        replayOne();
    }

    @Test
    void marksThatFailAreAnOutageOfTheirOwnAndNoReasonToSendEventsAgain() {
        try (LogLines log = new LogLines()) {
            FIXTURE.accept(events(1));
            await().atMost(SOON)
                    .until(() -> FIXTURE.ledger().settled() == FIXTURE.ledger().accepted());
            long settled = FIXTURE.ledger().settled();
            MONGO.failUpdates("rollups");
            FIXTURE.accept(List.of(event("/long-ago", Instant.parse("2025-11-12T19:30:01Z"))));
            await().atMost(SOON).until(() -> !log.warnings().isEmpty());
            FIXTURE.accept(events(5)); // of the running hour, which is marked already

            await().atMost(SOON).until(() -> FIXTURE.ledger().settled() == settled + 5);
            assertThat(log.warnings()).singleElement().asString().startsWith("MongoDB (rollups) fails: ");
            assertThat(insertsOf("/long-ago")).isEqualTo(1);

            MONGO.work();
            await().atMost(SOON).until(() -> FIXTURE.ledger().settled() == settled + 6);
            await().atMost(SOON).until(() -> log.information("works again").size() == 1);
        }
    }

    @Test
    void snapshotThatCannotBeWrittenIsOneLineHoweverWellAllElseWorks() {
        String server = "MongoDB (queue snapshot)";
        try (LogLines log = new LogLines()) {
            MONGO.failUpdates("queue_snapshot");
            await().atMost(SOON).until(() -> failing(log).contains(server));
            await().during(Duration.ofSeconds(6)).atMost(SOON).until(() -> {
                FIXTURE.accept(events(1));
                return Collections.frequency(failing(log), server) == 1
                        && log.information(server + " works again").isEmpty();
            });
            assertThat(snapshotAge()).isGreaterThan(Duration.ofSeconds(6));

            MONGO.work();
            await().atMost(SOON).until(() -> snapshotAge().compareTo(Duration.ofSeconds(3)) < 0);
            await().atMost(SOON)
                    .until(() -> log.information(server + " works again").size() == 1);
        }
    }

    @Test
    void refusedDocumentIsBuriedAtOnceAndStoredWhenItsCauseIsGone() {
        long settled = FIXTURE.ledger().settled();
        MONGO.fail(FailingMongo.refusing(121, "DocumentValidationFailure", "/refused"));
        FIXTURE.accept(List.of(event("/a"), event("/refused"), event("/b")));

        await().atMost(SOON).until(() -> FIXTURE.ledger().settled() == settled + 2);
        assertThat(FIXTURE.letters.list(null, 10)).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("store_refused");
            assertThat(letter.error()).contains("121", "DocumentValidationFailure");
            assertThat(letter.element()).asString().contains("/refused");
        });
        assertThat(insertsOf("/refused")).isEqualTo(1);

        MONGO.work();
        replayOne();
        await().atMost(SOON).until(() -> FIXTURE.ledger().settled() == settled + 3);
        assertThat(FIXTURE.ledger().dead()).isZero();
    }

    @Test
    void documentThatIsRefusedForReasonsUnknownIsBuriedTheFifthTimeItsNeighboursAreStored() {
        long settled = FIXTURE.ledger().settled();
        MONGO.fail(FailingMongo.refusing(99999, "SomethingNew", "/odd"));
        FIXTURE.accept(List.of(event("/a"), event("/odd"), event("/b")));

        await().atMost(SOON).until(() -> FIXTURE.ledger().dead() == 1);
        assertThat(insertsOf("/odd")).isEqualTo(5);
        await().atMost(SOON).until(() -> FIXTURE.ledger().settled() == settled + 2);

        MONGO.work();
        replayOne();
    }

    @Test
    void insertAsksForAMajorityAndItsJournalInTime() {
        MONGO.fail((insert, store) -> store.apply(insert));
        FIXTURE.accept(events(1));

        await().atMost(SOON).until(() -> !MONGO.inserts().isEmpty());
        Object concern = MONGO.inserts().get(0).command().get("writeConcern");
        assertThat(concern)
                .asInstanceOf(MAP)
                .containsEntry("w", "majority")
                .containsEntry("j", true)
                .hasEntrySatisfying(
                        "wtimeout",
                        timeout -> assertThat(((Number) timeout).longValue()).isEqualTo(100));
    }

    /** Two attempts in a row may be close, by two workers; many are not. */
    private static void assertPausesGrow(List<Insert> attempts) {
        Duration took =
                Duration.ofNanos(attempts.get(2).nanos() - attempts.get(0).nanos());
        assertThat(took).as("two pauses, of 50 and 100 ms at least").isGreaterThan(Duration.ofMillis(140));
    }

    /** The log says so once MongoDB has worked for a while, which takes events to store. */
    private static boolean worksAgain(LogLines log) {
        FIXTURE.accept(events(1));
        return log.information("MongoDB (events) works again").size() == 1;
    }

    /** Returns the outages that were logged: a server that hangs may fail more than the inserts of events. */
    private static List<String> failing(LogLines log) {
        return log.warnings().stream()
                .map(line -> line.substring(0, line.indexOf(" fails: ")))
                .toList();
    }

    private static void replayOne() {
        FIXTURE.letters.replay(List.of(FIXTURE.letters.list(null, 1).get(0).id()));
    }

    private static double duplicates() {
        return metrics().get("events.duplicate").counter().count();
    }

    private static Duration snapshotAge() {
        double seconds = metrics().get("queue.snapshot.age").timeGauge().value(TimeUnit.SECONDS);
        return Duration.ofMillis((long) (seconds * 1_000));
    }

    private static MeterRegistry metrics() {
        return FIXTURE.processors.get(0).getBean(MeterRegistry.class);
    }

    private static long insertsOf(String path) {
        return MONGO.inserts().stream().filter(insert -> insert.contains(path)).count();
    }
}
