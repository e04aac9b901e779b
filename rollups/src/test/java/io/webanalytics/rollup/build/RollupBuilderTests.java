package io.webanalytics.rollup.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketContent;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.Tally;
import io.webanalytics.rollup.build.RollupBuilder.Progress;
import io.webanalytics.rollup.build.RollupFixture.Found;
import io.webanalytics.store.Dimension;
import io.webanalytics.testing.TestServers.Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of building, on every MongoDB server under test. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyMongo")
class RollupBuilderTests {

    private static final String NOON = "2025-11-12T12:30:00Z";
    private static final Bucket NOON_HOUR = Bucket.parse("s/hour/2025-11-12T12");
    private static final Bucket DAY = Bucket.parse("s/day/2025-11-12");

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
    void markedHourIsBuiltFromItsEvents() {
        rollups.store("s", "page_view", "/a", "u1", NOON, "news.example");
        rollups.store("s", "page_view", "/a", "u2", NOON, null);
        rollups.store("s", "page_view", "/b", "u2", "2025-11-12T12:59:59.999Z", null);
        rollups.store("s", "click", "/a", "u3", "2025-11-12T12:00:00Z", null);
        rollups.store("s", "page_view", "/a", "u4", "2025-11-12T13:00:00Z", null);
        rollups.store("other", "page_view", "/a", "u5", NOON, null);
        rollups.mark(NOON_HOUR);

        assertThat(rollups.build()).extracting(Progress::hours).isEqualTo(1);

        BucketContent content = rollups.content(NOON_HOUR);
        assertThat(content.types().keySet()).containsExactly("click", "page_view");
        Tally views = content.of("page_view");
        assertThat(views.views()).isEqualTo(3);
        assertThat(views.users().count()).isEqualTo(2);
        assertThat(views.views(Dimension.PATH)).isEqualTo(Map.of("/a", 2L, "/b", 1L));
        assertThat(views.views(Dimension.REFERRER)).isEqualTo(Map.of("news.example", 1L));
    }

    @Test
    void hourThatIsNotOverStaysDirty() {
        Bucket now = Bucket.hour("s", rollups.now());
        rollups.store("s", "page_view", "/a", "u1", rollups.now().toString(), null);
        rollups.mark(now);

        assertThat(rollups.build()).extracting(Progress::hours).isEqualTo(0);
        assertThat(rollups.head(now).dirty()).isTrue();
    }

    @Test
    void hourThatIsNotQuietYetIsLeftAlone() {
        rollups.mark(NOON_HOUR);

        assertThat(rollups.builder(RollupFixture.LONG).waiting().hours()).isZero();
        assertThat(rollups.builder(RollupFixture.LONG).buildSome(() -> false).hours())
                .isZero();
    }

    @Test
    void hourThatWasMarkedWhileItWasBuiltStaysDirtyAndIsBuiltAtOnce() {
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        List<BucketHead> leased = rollups.lease(NOON_HOUR);
        BucketContent stale = new BucketContent();
        stale.of("page_view").addViews(1);

        rollups.store("s", "page_view", "/a", "u2", NOON, null);
        rollups.mark(NOON_HOUR);

        assertThat(rollups.commit(leased.get(0), stale)).isFalse();
        assertThat(rollups.head(NOON_HOUR).dirty()).isTrue();
        rollups.build();
        assertThat(rollups.content(NOON_HOUR).of("page_view").views()).isEqualTo(2);
    }

    /** Because of the new mark, workers may have skipped further ones. */
    @Test
    void hourThatWasMarkedAgainAfterItWasFoundDueIsNotLeased() {
        rollups.mark(NOON_HOUR);
        Instant over = rollups.now().plusMillis(1);
        rollups.awaitAfter(over);
        rollups.mark(NOON_HOUR);

        assertThat(rollups.lease(NOON_HOUR, over)).isEmpty();
        assertThat(rollups.lease(NOON_HOUR, rollups.now().plusMillis(1))).hasSize(1);
    }

    @Test
    void leasedHourIsLeftToItsBuilder() {
        rollups.mark(NOON_HOUR);
        rollups.lease(NOON_HOUR);

        assertThat(rollups.build().hours()).isZero();
    }

    @Test
    void dayIsBuiltOnceAllItsHoursAre() {
        rollups.store("s", "page_view", "/a", "u1", "2025-11-12T01:00:00Z", null);
        rollups.store("s", "page_view", "/a", "u1", NOON, "news.example");
        rollups.store("s", "page_view", "/b", "u2", NOON, null);
        rollups.mark(NOON_HOUR, Bucket.parse("s/hour/2025-11-12T01"));

        rollups.buildAll();

        BucketHead day = rollups.head(DAY);
        assertThat(day.hours()).hasSize(24);
        Tally views = rollups.content(DAY).of("page_view");
        assertThat(views.views()).isEqualTo(3);
        assertThat(views.users().count()).isEqualTo(2);
        assertThat(views.views(Dimension.PATH)).isEqualTo(Map.of("/a", 2L, "/b", 1L));
        assertThat(views.views(Dimension.REFERRER)).isEqualTo(Map.of("news.example", 1L));
        assertThat(rollups.isBuiltFromItsHours(DAY)).isTrue();
    }

    @Test
    void dayWhoseHourHasAnotherEventIsOutOfDateUntilItIsBuiltAgain() {
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        rollups.buildAll();

        rollups.store("s", "page_view", "/a", "u2", NOON, null);
        rollups.mark(NOON_HOUR);
        assertThat(rollups.isBuiltFromItsHours(DAY)).isFalse();

        rollups.buildAll();
        assertThat(rollups.isBuiltFromItsHours(DAY)).isTrue();
        assertThat(rollups.content(DAY).of("page_view").views()).isEqualTo(2);
    }

    @Test
    void partsOfFormerBuildsAreDeleted() {
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        for (int i = 0; i < 3; i++) {
            rollups.mark(NOON_HOUR);
            rollups.buildAll();
        }
        assertThat(rollups.partIds(NOON_HOUR))
                .hasSize(2)
                .allMatch(id -> id.endsWith(rollups.head(NOON_HOUR).build()));
        assertThat(rollups.partIds(DAY)).hasSize(2);
    }

    @Test
    void hoursWithoutEventsNeedNoBuckets() {
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        rollups.buildAll();

        assertThat(rollups.heads.between("s", Bucket.Unit.HOUR, DAY.start(), DAY.end()))
                .extracting(BucketHead::bucket)
                .containsExactly(NOON_HOUR);
        assertThat(rollups.head(DAY).hours().stream().filter(BucketHead.EMPTY::equals))
                .hasSize(23);
        assertThat(rollups.isBuiltFromItsHours(DAY)).isTrue();
    }

    @Test
    void dayIsOutOfDateOnceAnHourThatWasEmptyIsMarked() {
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        rollups.buildAll();

        rollups.store("s", "page_view", "/a", "u1", "2025-11-12T03:00:00Z", null);
        rollups.mark(Bucket.parse("s/hour/2025-11-12T03"));
        assertThat(rollups.isBuiltFromItsHours(DAY)).isFalse();

        rollups.buildAll();
        assertThat(rollups.isBuiltFromItsHours(DAY)).isTrue();
        assertThat(rollups.content(DAY).of("page_view").views()).isEqualTo(2);
    }

    /** The mark is the only trace of the new event, and an operator may delete it. */
    @Test
    void dayIsOutOfDateWhateverBecomesOfTheMarkOfAnHourThatWasEmpty() {
        Bucket three = Bucket.parse("s/hour/2025-11-12T03");
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        rollups.buildAll();
        rollups.store("s", "page_view", "/a", "u1", "2025-11-12T03:00:00Z", null);
        rollups.mark(three);

        rollups.heads.drop(List.of(three));

        assertThat(rollups.isBuiltFromItsHours(DAY)).isFalse();
        rollups.patrolAndBuild();
        assertThat(rollups.isBuiltFromItsHours(DAY)).isTrue();
        assertThat(rollups.content(DAY).of("page_view").views()).isEqualTo(2);
    }

    @Test
    void dayThatWasBuiltWhileAnEmptyHourWasMarkedDoesNotSayThatItIsEmpty() {
        Bucket three = Bucket.parse("s/hour/2025-11-12T03");
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        rollups.buildAll();

        rollups.dirty.markAgain(List.of(three)); // without denyEmpty, as if that had run before the day was built
        assertThat(rollups.head(DAY).saysEmpty(three)).isTrue();
        rollups.heads.denyEmpty(List.of(three));

        assertThat(rollups.head(DAY).saysEmpty(three)).isFalse();
    }

    /** Its bucket was deleted, or its events are older than the rollups. */
    @Test
    void hourThatHasEventsAndNoBucketIsFoundWhenItsDayIsBuilt() {
        rollups.store("s", "page_view", "/a", "u1", "2025-11-12T03:00:00Z", null);
        rollups.storeMany(2_500, "2025-11-12T20:00:00Z");
        rollups.store("s", "page_view", "/a", "u1", "2025-11-12T22:00:00Z", null);
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);

        rollups.buildAll();

        assertThat(rollups.isBuiltFromItsHours(DAY)).isTrue();
        assertThat(rollups.content(DAY).of("page_view").views()).isEqualTo(2_503);
    }

    @Test
    void hourThatTwoBuildersBuildIsTakenFromTheFirst() {
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        BucketHead leased = rollups.lease(NOON_HOUR).get(0);
        BucketContent content = new BucketContent();
        content.of("page_view").addViews(1);

        assertThat(rollups.commit(leased, content)).isTrue();
        String first = rollups.head(NOON_HOUR).build();

        assertThat(rollups.commit(leased, content)).isFalse();
        assertThat(rollups.head(NOON_HOUR).build()).isEqualTo(first);
    }

    @Test
    void hourThatCannotBeBuiltKeepsNoOthersFromIt() {
        for (int hour = 10; hour < 20; hour++) {
            rollups.store("s", "page_view", "/a", "u1", "2025-11-12T" + hour + ":00:00Z", null);
            rollups.mark(Bucket.parse("s/hour/2025-11-12T" + hour));
        }
        rollups.store("s", "page_view", "/a", null, "2025-11-12T13:30:00Z", null); // no user: not a valid event

        Progress progress = rollups.build();

        assertThat(progress.hours()).isEqualTo(9);
        assertThat(progress.failed()).containsOnlyKeys(Bucket.parse("s/hour/2025-11-12T13"));
        assertThat(rollups.head(Bucket.parse("s/hour/2025-11-12T13")).dirty()).isTrue();
        assertThat(rollups.build().failed()).isEmpty(); // its lease delays the next try
    }

    @Test
    void hourWhoseHeadCannotBeReadKeepsNoOtherDaysFromBeingBuilt() {
        Bucket other = Bucket.parse("s/hour/2025-11-13T12");
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        rollups.buildAll();
        rollups.setInHead(NOON_HOUR, "figures", "somebody changed them");
        for (String hour : List.of("2025-11-12T13", "2025-11-13T12", "2025-11-14T12")) {
            rollups.store("s", "page_view", "/a", "u1", hour + ":00:00Z", null);
            rollups.mark(Bucket.parse("s/hour/" + hour));
        }

        Progress progress = rollups.build();

        assertThat(progress.hours()).isEqualTo(3);
        assertThat(progress.days()).isEqualTo(3);
        assertThat(rollups.isBuiltFromItsHours(other.day())).isTrue();
        assertThat(rollups.head(DAY).through()).isEqualTo(NOON_HOUR.start());
    }

    @Test
    void hourWhosePartCannotBeReadIsBuiltAgain() {
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        rollups.buildAll();
        rollups.breakPart(NOON_HOUR, "paths");

        rollups.store("s", "page_view", "/a", "u1", "2025-11-12T13:00:00Z", null);
        rollups.mark(Bucket.parse("s/hour/2025-11-12T13"));
        rollups.heads.drop(List.of(DAY));
        rollups.buildAll();

        assertThat(rollups.content(NOON_HOUR).of("page_view").views(Dimension.PATH))
                .isEqualTo(Map.of("/a", 1L));
        assertThat(rollups.content(DAY).of("page_view").views()).isEqualTo(2);
    }

    @Test
    void contentOfAnotherFormIsNotUsed() {
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        rollups.buildAll();

        rollups.setInHead(NOON_HOUR, "format", 2);
        rollups.setInHead(NOON_HOUR, "figures", "of another form");

        assertThat(rollups.head(NOON_HOUR).isUsable()).isFalse();
        assertThat(rollups.isBuiltFromItsHours(DAY)).isFalse();
    }

    @Test
    void partOfAKindOfAnotherReleaseIsLeftAlone() {
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        rollups.buildAll();

        rollups.setInHead(NOON_HOUR, "parts", List.of("users", "columns", "paths"));

        assertThat(rollups.head(NOON_HOUR).isUsable()).isTrue();
        assertThat(rollups.content(NOON_HOUR).of("page_view").views(Dimension.PATH))
                .isEqualTo(Map.of("/a", 1L));
    }

    @Test
    void bucketThatDiffersFromItsEventsIsFound() {
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        rollups.buildAll();
        assertThat(rollups.verify(DAY).differences).isEmpty();
        assertThat(rollups.verify(DAY).checked).isEqualTo(2);

        rollups.store("s", "page_view", "/b", "u2", NOON, null); // without a mark
        assertThat(rollups.verify(DAY).differences)
                .extracting(Verifier.Difference::figure)
                .contains("page_view views", "page_view users", "page_view path /b");
    }

    @Test
    void bucketThatCannotBeReadIsNotInUseAndKeepsNoOtherFromBeingCompared() {
        rollups.store("s", "page_view", "/a", "u1", NOON, null);
        rollups.mark(NOON_HOUR);
        rollups.buildAll();
        rollups.breakPart(NOON_HOUR, "paths");

        Found found = rollups.verify(DAY);
        assertThat(List.of(found.skipped, found.checked)).containsExactly(1, 1);
    }

    /** A server may put as many events into a reply as the batch size allows, and the driver accepts 48 MB at most. */
    @Test
    void hourOfLongPathsIsBuilt() {
        String path = "/" + "\uD83D\uDE00".repeat(2_047);
        rollups.storeMany(6_000, NOON, path);
        rollups.mark(NOON_HOUR);

        assertThat(rollups.build()).extracting(Progress::hours).isEqualTo(1);
        assertThat(rollups.content(NOON_HOUR).of("page_view").views(Dimension.PATH))
                .isEqualTo(Map.of(path, 6_000L));
    }
}
