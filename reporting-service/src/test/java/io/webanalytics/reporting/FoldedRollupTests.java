package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.reporting.answer.PathViews;
import io.webanalytics.reporting.answer.Stats;
import io.webanalytics.reporting.count.Ranking.Row;
import io.webanalytics.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Reports on days with more values or users than a rollup may hold. */
class FoldedRollupTests {

    private static final String DAY = "date=2025-11-12&site_id=s";

    private ReportFixture reports;

    @BeforeEach
    void connect() {
        reports = new ReportFixture(TestServers.mongo());
    }

    @AfterEach
    void disconnect() {
        reports.close();
    }

    @Test
    void typesThatAreNotToldApartAreCountedFromTheirEvents() {
        for (int i = 0; i < 150; i++) {
            reports.store("s", "type-" + i, "/" + i, "u" + i, "2025-11-12T10:00:00Z");
        }
        reports.store("s", "page_view", "/", "u", "2025-11-12T11:00:00Z");
        reports.buildRollups();

        for (String type : List.of("type-0", "type-149", "page_view")) {
            Stats answer = reports.stats(DAY + "&event_type=" + type);
            assertThat(answer.totalViews()).as(type).isEqualTo(1);
            assertThat(answer.uniqueUsers()).as(type).isEqualTo(1);
        }
        Stats all = reports.stats(DAY + "&event_type=*&meta=true");
        assertThat(all.totalViews()).isEqualTo(151);
        assertThat(all.uniqueUsers()).isEqualTo(151);
        assertThat(Objects.requireNonNull(all.meta()).sources().rollupDays()).isEqualTo(1);
        assertThat(reports.breakdown(DAY + "&by=event_type&limit=200").rows())
                .hasSize(102)
                .startsWith(new Row("(other)", 50));
    }

    @Test
    void rarestPathsAreOthersAndTheAnswerSaysSo() {
        List<Document> events = new ArrayList<>();
        String rest = "x".repeat(2_000);
        for (int i = 0; i < 7_000; i++) {
            events.add(ReportFixture.event("s", "page_view", "/junk/" + rest + i, "u", "2025-11-12T10:00:00Z"));
        }
        for (int i = 0; i < 5; i++) {
            events.add(ReportFixture.event("s", "page_view", "/pricing", "u", "2025-11-12T10:00:00Z"));
        }
        reports.database().getCollection("events").insertMany(events);
        reports.buildRollups();

        Stats answer = reports.stats(DAY + "&meta=true");

        assertThat(answer.totalViews()).isEqualTo(7_005);
        assertThat(answer.topPaths().get(0).path()).isEqualTo("(other)");
        assertThat(answer.topPaths().get(1)).isEqualTo(new PathViews("/pricing", 5));
        assertThat(answer.totalPaths()).isLessThan(7_000);
        assertThat(Objects.requireNonNull(answer.meta()).sources().folded()).isEqualTo(1);
    }

    /** An older or newer release, or an operator by hand, may have written it. */
    @Test
    void rollupThatCannotBeReadIsDoneWithout() {
        reports.store("s", "page_view", "/a", "u1", "2025-11-12T10:00:00Z");
        reports.store("s", "page_view", "/b", "u2", "2025-11-12T11:00:00Z");
        reports.buildRollups();

        change("rollup_parts", "$set", new Document("data", new Binary(new byte[] {9, 9, 9})));
        assertThat(reports.stats(DAY).topPaths()).containsExactly(new PathViews("/a", 1), new PathViews("/b", 1));
        assertThat(reports.unreadable()).isPositive();

        reports.use(ReportFixture.properties(true, 0, DataSize.ofMegabytes(48)));
        change("rollup_parts", "$unset", new Document("data", ""));
        assertThat(reports.stats(DAY).topPaths()).containsExactly(new PathViews("/a", 1), new PathViews("/b", 1));

        change("rollups", "$set", new Document("figures", List.of("not a figure")));
        assertThat(reports.stats(DAY).topPaths()).containsExactly(new PathViews("/a", 1), new PathViews("/b", 1));

        double before = reports.unreadable();
        change("rollups", "$set", new Document("format", 99));
        assertThat(reports.stats(DAY).topPaths()).containsExactly(new PathViews("/a", 1), new PathViews("/b", 1));
        assertThat(reports.unreadable()).isEqualTo(before + 3);
    }

    private void change(String collection, String how, Document what) {
        reports.database().getCollection(collection).updateMany(new Document(), new Document(how, what));
    }
}
