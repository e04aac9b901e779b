package io.webanalytics.rollup.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.rollup.Bounds;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.testing.TestServers.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Which hours are built next, on every MongoDB server under test. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyMongo")
class DirtyHoursTests {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @Parameter
    Server server;

    private RollupFixture rollups;

    @BeforeEach
    void connect() {
        rollups = new RollupFixture(server);
    }

    @AfterEach
    void disconnect() {
        rollups.close();
    }

    @Test
    void sitesTakeTurnsWhateverEachHasMarkedBefore() {
        rollups.dirty.mark(hours("import", LONG_AGO, 1_000));
        rollups.dirty.mark(hours("other", LONG_AGO, 2));

        assertThat(due(10)).extracting(Bucket::siteId).contains("import", "other");
    }

    /** Hours that are marked again are not due for a while. Later ones are built meanwhile, and then all of the first are due. */
    @Test
    void siteThatMarksItsHoursAgainTakesTurnsToo() {
        List<Bucket> hours = hours("spread", LONG_AGO, 400);
        List<Bucket> first = hours.subList(200, 400);
        rollups.dirty.mark(hours);
        Instant marked = rollups.now();
        rollups.awaitAfter(marked.plusMillis(1));
        rollups.dirty.markAgain(first);
        Instant over = marked.plusMillis(1);
        assertThat(rollups.dirty.due(over, over, 200)).hasSize(200).doesNotContainAnyElementsOf(first);
        rollups.dirty.lease(hours.subList(0, 200), "builder", over, rollups.now(), Duration.ofMinutes(1));

        rollups.dirty.mark(hours("other", LONG_AGO, 1));

        assertThat(due(10)).extracting(Bucket::siteId).contains("other");
    }

    @Test
    void hoursOfTheLastDaysComeBeforeOlderOnes() {
        Instant now = rollups.now();
        rollups.dirty.mark(hours("import", LONG_AGO, 1_000));
        rollups.dirty.mark(hours("live", now.minus(Duration.ofHours(5)), 3));

        assertThat(due(100).subList(0, 3)).extracting(Bucket::siteId).containsOnly("live");
    }

    @Test
    void hoursOfTheLastDaysDoNotKeepOlderOnesFromTheirTurn() {
        Instant now = rollups.now();
        for (int i = 0; i < 50; i++) {
            rollups.dirty.mark(hours("live-" + i, now.minus(Duration.ofHours(30)), 24));
        }
        rollups.dirty.mark(hours("import", LONG_AGO, 1_000));

        assertThat(due(100).stream().filter(hour -> hour.siteId().equals("import")))
                .hasSize(50);
    }

    @Test
    void youngestHoursOfASiteComeFirst() {
        List<Bucket> hours = hours("s", LONG_AGO, 100);
        rollups.dirty.mark(hours);

        assertThat(due(20)).startsWith(hours.get(99), hours.get(98), hours.get(97));
    }

    @Test
    void allThatWaitsIsTold() {
        Instant before = rollups.now();
        rollups.dirty.mark(hours("s", LONG_AGO, 1_500));
        rollups.dirty.mark(List.of(Bucket.hour("s", rollups.now()))); // which is not over
        Instant after = rollups.now();

        DirtyHours.Backlog waiting = rollups.dirty.waiting(after.plusSeconds(1));

        assertThat(waiting.hours()).isEqualTo(1_500);
        assertThat(waiting.since()).isBetween(before, after);
    }

    @Test
    void hourOfASiteIsToldHoweverManyOthersWait() {
        Instant marked = Instant.parse("2026-01-01T00:00:00Z");
        List<Document> waiting = new ArrayList<>();
        for (int turn = 0; turn <= Bounds.COUNTED_HOURS; turn++) {
            waiting.add(waiting("spread", turn, marked));
        }
        waiting.add(waiting("other", 1, marked.minusSeconds(5)));
        rollups.database.getCollection("rollups").insertMany(waiting);

        assertThat(rollups.dirty.waiting(rollups.now()))
                .isEqualTo(new DirtyHours.Backlog(Bounds.COUNTED_HOURS, marked.minusSeconds(5)));
    }

    private static Document waiting(String site, int turn, Instant marked) {
        Bucket hour = Bucket.hour(site, LONG_AGO.minus(Duration.ofHours(turn)));
        return new Document("_id", hour.id())
                .append("version", "v")
                .append("lane", "old")
                .append("turn", (long) turn)
                .append("dirty_since", Date.from(marked))
                .append("end", Date.from(hour.end()));
    }

    @Test
    void hoursOfBothLanesAreCounted() {
        Instant before = rollups.now();
        rollups.dirty.mark(hours("old", LONG_AGO, 2));
        rollups.dirty.mark(hours("recent", before.minus(Duration.ofHours(5)), 3));

        DirtyHours.Backlog waiting = rollups.dirty.waiting(rollups.now().plusSeconds(1));

        assertThat(waiting.hours()).isEqualTo(5);
        assertThat(waiting.since()).isBetween(before, rollups.now());
    }

    @Test
    void nothingWaitsWhereNothingIsMarked() {
        assertThat(rollups.dirty.waiting(rollups.now())).isEqualTo(new DirtyHours.Backlog(0, null));
    }

    @Test
    void hoursThatAnEarlierReleaseMarkedHaveTheirTurn() {
        rollups.database
                .getCollection("rollups")
                .insertOne(new Document("_id", "s/hour/2020-01-01T00")
                        .append("version", "v")
                        .append("dirty_since", new Date(0))
                        .append("end", Date.from(LONG_AGO.plusSeconds(3_600))));
        assertThat(due(10)).isEmpty();

        rollups.dirty.ensureIndex();

        assertThat(due(10)).containsExactly(Bucket.hour("s", LONG_AGO));
    }

    @Test
    void leaseThatIsMovedOnKeepsOthersAway() {
        Bucket hour = Bucket.hour("s", LONG_AGO);
        rollups.dirty.mark(List.of(hour));
        Instant now = rollups.now();
        Instant later = now.plusSeconds(90);
        Instant over = now.plusSeconds(1);
        rollups.dirty.lease(List.of(hour), "first", over, now, Duration.ofMinutes(1));

        rollups.dirty.renew(List.of(hour), "first", now.plusSeconds(50), Duration.ofMinutes(1));

        assertThat(rollups.dirty.lease(List.of(hour), "second", over, later, Duration.ofMinutes(1)))
                .isEmpty();
        rollups.dirty.release(List.of(hour), "first");
        assertThat(rollups.dirty.lease(List.of(hour), "second", over, later, Duration.ofMinutes(1)))
                .hasSize(1);
    }

    @Test
    void leaseThatWasTakenByAMarkIsNotMovedOn() {
        Bucket hour = Bucket.hour("s", LONG_AGO);
        rollups.dirty.mark(List.of(hour));
        Instant now = rollups.now();
        rollups.dirty.lease(List.of(hour), "first", now.plusSeconds(1), now, Duration.ofMinutes(1));
        rollups.dirty.mark(List.of(hour));

        rollups.dirty.renew(List.of(hour), "first", now, Duration.ofMinutes(1));

        assertThat(rollups.dirty.lease(List.of(hour), "second", now.plusSeconds(9), now, Duration.ofMinutes(1)))
                .hasSize(1);
    }

    @Test
    void hoursThatSomebodyBuildsAreNotDue() {
        Bucket hour = Bucket.hour("s", LONG_AGO);
        rollups.dirty.mark(List.of(hour));
        Instant now = rollups.now();

        rollups.dirty.lease(List.of(hour), "first", now.plusSeconds(1), now, Duration.ofMinutes(1));

        assertThat(due(10)).isEmpty();
        rollups.dirty.release(List.of(hour), "first");
        assertThat(due(10)).containsExactly(hour);
    }

    @Test
    void hoursThatCannotBeBuiltTakeTurnsLikeOthers() {
        List<Bucket> bad = hours("bad", LONG_AGO, 5);
        List<Bucket> good = hours("good", LONG_AGO, 5);
        rollups.dirty.mark(bad);
        due(5);
        rollups.dirty.mark(good);
        assertThat(due(5)).containsExactlyInAnyOrderElementsOf(bad);

        rollups.dirty.postpone(bad);

        assertThat(due(6)).filteredOn(hour -> hour.siteId().equals("good")).hasSize(3);
    }

    private List<Bucket> due(int limit) {
        Instant now = rollups.now();
        return rollups.dirty.due(now.plusSeconds(1), now, limit);
    }

    private static List<Bucket> hours(String site, Instant first, int count) {
        return Stream.iterate(Bucket.hour(site, first), Bucket::next)
                .limit(count)
                .toList();
    }
}
