package io.webanalytics.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.store.Dimension;
import io.webanalytics.store.StoredEvent;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** How a bucket is reduced to its bounds. */
class BucketContentTests {

    private static final Instant NOON = Instant.parse("2025-11-12T12:30:00Z");
    private static final int LARGEST_DOCUMENT = 16 << 20;

    @Test
    void rarestPathsAreFoldedWhereThereAreTooMany() {
        BucketContent content = new BucketContent();
        for (int i = 0; i < 3; i++) {
            add(content, "page_view", "/popular", "u");
        }
        for (int i = 0; i < 300_000; i++) {
            add(content, "page_view", "/junk/" + i, "u");
        }
        content.fit();

        Tally views = content.of("page_view");
        assertThat(content.folded()).isEqualTo(Set.of(Part.PATHS));
        assertThat(views.views(Dimension.PATH)).containsEntry("/popular", 3L).containsKey(Dimension.OTHER);
        assertThat(views.views(Dimension.PATH).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(views.views());
        assertThat(Part.PATHS.encode(content)).hasSizeLessThan(LARGEST_DOCUMENT);
    }

    @Test
    void pathsAreFoldedByTheRoomThatTheyTakeAndNotByTheirNumber() {
        BucketContent content = new BucketContent();
        for (int i = 0; i < 8_000; i++) {
            add(content, "page_view", "/" + "\uFF71".repeat(1_000) + i, "u");
        }
        content.fit();

        assertThat(content.folded()).isEqualTo(Set.of(Part.PATHS));
        assertThat(Part.PATHS.encode(content)).hasSizeLessThan(LARGEST_DOCUMENT);
    }

    @Test
    void whatFitsIsNotFolded() {
        BucketContent content = new BucketContent();
        for (int i = 0; i < 100_000; i++) {
            add(content, "page_view", "/page/" + i, "u" + i);
        }
        content.fit();

        assertThat(content.folded()).isEmpty();
        assertThat(content.of("page_view").views(Dimension.PATH)).hasSize(100_000);
        assertThat(content.of("page_view").users().count()).isEqualTo(100_000);
    }

    @Test
    void hundredTypesAreToldApartAndTheNextIsFolded() {
        BucketContent content = new BucketContent();
        for (int i = 0; i < Bounds.TYPES_OF_BUCKET; i++) {
            add(content, "type-" + i, "/", "u");
        }
        assertThat(content.types()).hasSize(Bounds.TYPES_OF_BUCKET).doesNotContainKey(Dimension.OTHER);

        add(content, "one-more", "/", "u");

        assertThat(content.types()).containsKey(Dimension.OTHER).doesNotContainKey("one-more");
    }

    @Test
    void typesThatComeLateAreFoldedAndViewsNever() {
        BucketContent content = new BucketContent();
        for (int i = 0; i < 1_000; i++) {
            add(content, "type-" + i, "/", "u");
        }
        add(content, "type-7", "/", "u");
        add(content, "page_view", "/", "u");

        assertThat(content.types()).hasSize(102);
        assertThat(content.of("type-7").views()).isEqualTo(2);
        assertThat(content.of("page_view").views()).isEqualTo(1);
        assertThat(content.of(Dimension.OTHER).views()).isEqualTo(900);
    }

    /** A type that has its own tally must have all of its events there. */
    @Test
    void typeThatIsFoldedInOneHourIsFoldedInTheDay() {
        BucketContent quiet = new BucketContent();
        add(quiet, "click", "/", "u1");
        add(quiet, "page_view", "/", "u1");
        BucketContent busy = new BucketContent();
        for (int i = 0; i < 200; i++) {
            add(busy, "type-" + i, "/", "u2");
        }
        add(busy, "click", "/", "u2");

        for (BucketContent day : new BucketContent[] {sum(quiet, busy), sum(busy, quiet)}) {
            assertThat(day.types()).doesNotContainKey("click").containsKeys("type-0", "page_view");
            assertThat(day.types().get(Dimension.OTHER).views()).isEqualTo(100 + 2);
            assertThat(day.types().get("page_view").views()).isEqualTo(1);
        }
    }

    @Test
    void ofTooManyUsersASketchIsKept() {
        BucketContent content = new BucketContent();
        for (int i = 0; i < 1_600_000; i++) {
            add(content, i % 2 == 0 ? "page_view" : "click", "/", "u" + i);
        }
        content.fit();

        assertThat(content.folded()).isEqualTo(Set.of(Part.USERS));
        assertThat(Part.USERS.encode(content)).isEmpty();
        assertThat((double) content.of("click").users().count())
                .isBetween(
                        800_000 * (1 - 2 * DistinctUsers.RELATIVE_ERROR),
                        800_000 * (1 + 2 * DistinctUsers.RELATIVE_ERROR));
    }

    @Test
    void usersAreAddedToASketchWhereOneOfTheHoursHasNothingElse() {
        BucketContent many = new BucketContent();
        for (int i = 0; i < 1_600_000; i++) {
            add(many, "page_view", "/", "u" + i);
        }
        many.fit();
        BucketContent few = new BucketContent();
        add(few, "page_view", "/", "somebody else");
        add(few, "click", "/", "u1");

        BucketContent day = sum(few, many);

        assertThat(day.folded()).isEqualTo(Set.of(Part.USERS));
        byte[] sketches = Part.SKETCH.encode(day);
        Tally clicks = new Tally();
        Part.SKETCH.read(Part.blockAt(sketches, 0), clicks);
        assertThat(clicks.users().count()).isEqualTo(1);
    }

    private static BucketContent sum(BucketContent... hours) {
        BucketContent day = new BucketContent();
        for (BucketContent hour : hours) {
            day.addAll(hour);
        }
        return day;
    }

    private static void add(BucketContent content, String type, String path, String user) {
        content.add(new StoredEvent(new Document("timestamp", Date.from(NOON))
                .append("event_type", type)
                .append("path", path)
                .append("user_id", user)));
    }
}
