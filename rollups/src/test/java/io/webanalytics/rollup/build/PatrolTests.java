package io.webanalytics.rollup.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.store.Dimension;
import io.webanalytics.testing.TestServers.Server;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the patrol finds, on every MongoDB server under test. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyMongo")
class PatrolTests {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Bucket NOON_HOUR = Bucket.parse("s/hour/2025-11-12T12");
    private static final Bucket DAY = NOON_HOUR.day();

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
    void droppedRollupsComeBack() {
        storeAndBuild();

        rollups.drop("rollups");
        rollups.patrolAndBuild();
        assertThat(views(DAY)).isEqualTo(1);

        rollups.drop("rollup_parts");
        rollups.patrolAndBuild();
        rollups.patrolAndBuild();
        assertThat(views(DAY)).isEqualTo(1);
        assertThat(rollups.content(NOON_HOUR).of("page_view").views(Dimension.PATH))
                .containsKey("/a");
        assertThat(rollups.content(DAY).of("page_view").views(Dimension.PATH)).containsKey("/a");
    }

    @Test
    void eventsThatAreOlderThanTheRollupsAreRolledUp() {
        store("s", "2003-02-01T00:00:00Z");
        store("s", "2003-02-28T23:59:59Z");
        store("t", "2025-11-12T12:30:00Z");

        rollups.patrolAndBuild();

        assertThat(rollups.isBuiltFromItsHours(Bucket.parse("s/day/2003-02-01")))
                .isTrue();
        assertThat(rollups.isBuiltFromItsHours(Bucket.parse("s/day/2003-02-28")))
                .isTrue();
        assertThat(rollups.isBuiltFromItsHours(Bucket.parse("t/day/2025-11-12")))
                .isTrue();
    }

    @Test
    void dayThatWasLeftBehindIsBuilt() {
        storeAndBuild();
        rollups.heads.drop(List.of(DAY));

        rollups.patrol();

        assertThat(rollups.isBuiltFromItsHours(DAY)).isTrue();
    }

    @Test
    void dayThatIsAsItShouldBeIsLeftAlone() {
        storeAndBuild();
        String build = rollups.head(DAY).build();

        rollups.patrolAndBuild();

        assertThat(rollups.head(DAY).build()).isEqualTo(build);
    }

    @Test
    void contentThatAnEarlierReleaseLeftOutIsMade() {
        storeAndBuild();
        rollups.setInHead(NOON_HOUR, "too_large", true);
        assertThat(rollups.head(NOON_HOUR).isUsable()).isFalse();

        rollups.patrolAndBuild();

        assertThat(rollups.head(NOON_HOUR).isUsable()).isTrue();
        assertThat(rollups.isBuiltFromItsHours(DAY)).isTrue();
    }

    @Test
    void contentOfALaterReleaseIsLeftToThat() {
        storeAndBuild();
        rollups.setInHead(NOON_HOUR, "format", BucketHead.FORMAT + 1);

        rollups.patrolAndBuild();

        assertThat(rollups.head(NOON_HOUR).dirty()).isFalse();
        assertThat(rollups.head(NOON_HOUR).format()).isEqualTo(BucketHead.FORMAT + 1);
    }

    @Test
    void monthThatCannotBeCheckedKeepsNoOthersFromIt() {
        store("a", "2025-11-12T12:30:00Z");
        store("b", "2025-11-12T12:30:00Z");
        rollups.patrolAndBuild();
        rollups.insertHead("a/hour/2025-11-12Tnoon");
        rollups.heads.drop(List.of(Bucket.parse("b/day/2025-11-12")));

        assertThat(rollups.patrol()).isEqualTo(1);

        assertThat(rollups.isBuiltFromItsHours(Bucket.parse("b/day/2025-11-12")))
                .isTrue();
    }

    /** Its content is unknown, so it is rebuilt. */
    @Test
    void headThatCannotBeReadIsMadeAgain() {
        storeAndBuild();
        for (Bucket bucket : List.of(NOON_HOUR, DAY)) {
            rollups.setInHead(bucket, "figures", List.of(1));
            rollups.setInHead(bucket, "parts", "not a list");
            assertThat(rollups.head(bucket).isUsable()).isFalse();
        }

        rollups.patrolAndBuild();

        assertThat(rollups.head(NOON_HOUR).isUsable()).isTrue();
        assertThat(rollups.isBuiltFromItsHours(DAY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "build"})
    void headWithANameThatIsNoTextIsMadeAgain(String field) {
        storeAndBuild();
        rollups.setInHead(NOON_HOUR, field, 5);
        assertThat(rollups.head(NOON_HOUR).isUsable()).isFalse();
        assertThat(rollups.head(NOON_HOUR).format()).isNotEqualTo(BucketHead.FORMAT);

        rollups.patrolAndBuild();

        assertThat(rollups.head(NOON_HOUR).isUsable()).isTrue();
    }

    @Test
    void walkThatLostItsPlaceEnds() {
        storeAndBuild();
        PatrolPlace place = new PatrolPlace(rollups.database, new ServerClock(rollups.database), Duration.ZERO);
        assertThat(place.take(HOUR)).isTrue();
        assertThat(place.keep()).isTrue();

        rollups.database
                .getCollection("rollup_state")
                .updateOne(Filters.eq("patrol"), Updates.set("walker", "somebody else"));

        assertThat(place.keep()).isFalse();
    }

    @Test
    void walkGoesOnWhereTheLastOneEnded() {
        for (String site : List.of("a", "b", "c", "d")) {
            store(site, "2025-11-12T12:30:00Z");
        }
        AtomicInteger months = new AtomicInteger();
        rollups.newPatrol().walk(HOUR, () -> months.incrementAndGet() > 4);
        assertThat(marked("a")).isTrue();
        assertThat(marked("d")).isFalse();
        rollups.drop("rollups");

        rollups.newPatrol().walk(HOUR, () -> false);

        assertThat(marked("a")).isFalse();
        assertThat(marked("d")).isTrue();
    }

    @Test
    void nobodyWalksWhereSomebodyDoes() {
        store("s", "2025-11-12T12:30:00Z");
        AtomicInteger asked = new AtomicInteger();
        rollups.newPatrol().walk(Duration.ZERO, () -> {
            if (asked.incrementAndGet() == 1) {
                rollups.newPatrol().walk(Duration.ZERO, () -> asked.addAndGet(100) < 0);
            }
            return false;
        });

        assertThat(asked).hasValueLessThan(100);
    }

    @Test
    void nobodyWalksSoonAfterAWalkHasEnded() {
        store("s", "2025-11-12T12:30:00Z");
        rollups.newPatrol().walk(HOUR, () -> false);
        rollups.drop("rollups");

        rollups.newPatrol().walk(HOUR, () -> false);
        assertThat(marked("s")).isFalse();

        rollups.newPatrol().walk(Duration.ZERO, () -> false);
        assertThat(marked("s")).isTrue();
    }

    private void storeAndBuild() {
        store("s", "2025-11-12T12:30:00Z");
        rollups.mark(NOON_HOUR);
        rollups.buildAll();
    }

    private void store(String site, String timestamp) {
        rollups.store(site, "page_view", "/a", "u1", timestamp, null);
    }

    private long views(Bucket bucket) {
        return rollups.content(bucket).of("page_view").views();
    }

    private boolean marked(String site) {
        return rollups.heads.find(Bucket.parse(site + "/hour/2025-11-12T12")) != null;
    }
}
