package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webanalytics.model.AddedFields;
import io.webanalytics.model.Referrers;
import io.webanalytics.reporting.answer.PathViews;
import io.webanalytics.reporting.answer.Stats;
import io.webanalytics.reporting.count.Unanswered;
import io.webanalytics.reporting.count.UnansweredException;
import io.webanalytics.rollup.DistinctUsers;
import io.webanalytics.testing.TestServers.Server;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** The contract of {@code GET /stats}, counted from events alone, on every MongoDB that the tests use. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyMongo")
class StatsTests {

    @Parameter
    Server server;

    private ReportFixture reports;

    @BeforeEach
    void connect() {
        reports = new ReportFixture(server);
    }

    @AfterEach
    void disconnect() {
        reports.close();
    }

    @Test
    void siteWithoutEventsGetsZeros() {
        reports.dropEvents(); // not even a collection
        assertThat(ask("site_id=s&date=2025-11-12")).isEqualTo(stats(0, 0));
    }

    @Test
    void viewsUsersAndPathsOfOneDayAreCounted() {
        reports.store("s", "page_view", "/a", "u1", "2025-11-12T00:00:00Z");
        reports.store("s", "page_view", "/b", "u1", "2025-11-12T12:00:00Z");
        reports.store("s", "page_view", "/b", "u2", "2025-11-12T23:59:59.999Z");
        reports.store("s", "page_view", "/a", "u3", "2025-11-11T23:59:59.999Z");
        reports.store("s", "page_view", "/a", "u4", "2025-11-13T00:00:00Z");
        reports.store("other", "page_view", "/a", "u5", "2025-11-12T12:00:00Z");
        reports.store("s", "click", "/a", "u6", "2025-11-12T12:00:00Z");

        assertThat(ask("site_id=s&date=2025-11-12"))
                .isEqualTo(stats(3, 2, new PathViews("/b", 2), new PathViews("/a", 1)));
    }

    @Test
    void eventTypeNamesWhatIsCountedAndAStarCountsAll() {
        reports.store("s", "page_view", "/a", "u1", "2025-11-12T01:00:00Z");
        reports.store("s", "click", "/b", "u2", "2025-11-12T02:00:00Z");
        reports.store("s", "click", "/b", "u2", "2025-11-12T03:00:00Z");

        assertThat(ask("site_id=s&date=2025-11-12&event_type=click").totalViews())
                .isEqualTo(2);
        assertThat(ask("site_id=s&date=2025-11-12&event_type=click").uniqueUsers())
                .isEqualTo(1);
        assertThat(ask("site_id=s&date=2025-11-12&event_type=*").totalViews()).isEqualTo(3);
        assertThat(ask("site_id=s&date=2025-11-12&event_type=none").totalViews())
                .isZero();
    }

    @Test
    void equalViewsStandInAscendingOrderOfTheirPaths() {
        for (String path : List.of("/b", "/B", "/a", "/é", "/a/b", "/")) {
            reports.store("s", "page_view", path, "u", "2025-11-12T01:00:00Z");
        }
        assertThat(ask("site_id=s&date=2025-11-12").topPaths())
                .extracting(PathViews::path)
                .containsExactly("/", "/B", "/a", "/a/b", "/b", "/é");
    }

    @Test
    void tenPathsAreListedUnlessTheLimitSaysOtherwise() {
        for (int i = 0; i < 15; i++) {
            reports.store("s", "page_view", "/" + i, "u", "2025-11-12T01:00:00Z");
        }
        assertThat(ask("site_id=s&date=2025-11-12").topPaths()).hasSize(10);
        assertThat(ask("site_id=s&date=2025-11-12&limit=1").topPaths()).hasSize(1);
        assertThat(ask("site_id=s&date=2025-11-12&limit=1000").topPaths()).hasSize(15);
        assertThat(ask("site_id=s&date=2025-11-12&limit=1").totalViews()).isEqualTo(15);
    }

    @Test
    void dayIsTheDayOfTheTimeZone() {
        reports.store("s", "page_view", "/india", "u", "2025-11-11T18:30:00Z"); // midnight in Kolkata, +05:30
        reports.store("s", "page_view", "/before", "u", "2025-11-11T18:29:59.999Z");
        reports.store("s", "page_view", "/after", "u", "2025-11-12T18:30:00Z");

        assertThat(ask("site_id=s&date=2025-11-12&timezone=Asia/Kolkata").topPaths())
                .containsExactly(new PathViews("/india", 1));
    }

    @Test
    void dayOnWhichClocksChangeHasItsOwnLength() {
        reports.store("s", "page_view", "/first", "u", "2025-10-25T22:00:00Z"); // 00:00 in Berlin, still summer
        reports.store("s", "page_view", "/last", "u", "2025-10-26T22:59:59Z"); // 23:59:59, 25 hours later
        reports.store("s", "page_view", "/next", "u", "2025-10-26T23:00:00Z");

        assertThat(ask("site_id=s&date=2025-10-26&timezone=Europe/Berlin").totalViews())
                .isEqualTo(2);
        assertThat(ask("site_id=s&date=2025-10-27&timezone=Europe/Berlin").totalViews())
                .isEqualTo(1);
    }

    /** It is noon of the 20th. A view at 10:00 and one at 14:00 of every day are no change, whatever the period. */
    @ParameterizedTest
    @ValueSource(
            strings = {"period=day", "period=7d", "period=month", "date=2025-11-20", "from=2025-11-18&to=2025-11-22"})
    void whereNothingHasChangedTheComparisonSaysSo(String period) {
        for (LocalDate day = LocalDate.parse("2025-10-01");
                day.isBefore(LocalDate.parse("2025-11-21"));
                day = day.plusDays(1)) {
            reports.store("s", "page_view", "/", "u", day + "T10:00:00Z");
            if (day.isBefore(LocalDate.parse("2025-11-20"))) {
                reports.store("s", "page_view", "/", "u", day + "T14:00:00Z");
            }
        }

        Stats fair = ask("site_id=s&compare=previous_period&" + period);
        assertThat(Objects.requireNonNull(fair.change()).totalViews()).isZero();
        assertThat(Objects.requireNonNull(fair.previous()).through()).isNotNull();

        Stats whole = ask("site_id=s&compare=whole_previous_period&" + period);
        assertThat(Objects.requireNonNull(whole.change()).totalViews()).isNegative();
        assertThat(Objects.requireNonNull(whole.previous()).through()).isNull();
    }

    @Test
    void filterMeansTheSameWhereverItIsAsked() {
        for (String path : List.of("/a.pdf", "/docs/b.pdf", "/a*b", "/axb", "/a\u2028b", "/plain")) {
            reports.store("s", "page_view", path, "u", "2025-11-12T01:00:00Z");
        }
        assertThat(paths("*.pdf")).containsExactly("/a.pdf", "/docs/b.pdf");
        assertThat(paths("/a*b")).containsExactly("/a*b", "/axb", "/a\u2028b");
        assertThat(paths("/a\\*b")).containsExactly("/a*b");
        assertThat(paths("/plain")).containsExactly("/plain");
        assertThat(paths("*")).hasSize(6);
    }

    /** Senders cannot leave the path out; somebody may have changed the database. */
    @Test
    void starIsNoFilterAndEventsWithoutAPathAreOther() {
        String question = "site_id=s&date=2025-11-12&path=*&referrer=*&meta=true";
        reports.store("s", "page_view", "/a", "u1", "2025-11-12T01:00:00Z");
        reports.store("s", "page_view", "/a", "u2", "2025-11-12T01:00:00Z");
        Document withoutPath = ReportFixture.event("s", "page_view", "", "u3", "2025-11-12T01:00:00Z");
        withoutPath.remove("path");
        reports.store(withoutPath);
        Stats fromEvents = ask(question);
        reports.buildRollups();

        Stats fromRollups = ask(question);

        assertThat(fromEvents.meta().sources().rollupDays()).isZero();
        assertThat(fromRollups.meta().sources().rollupDays()).isEqualTo(1);
        assertThat(fromRollups.meta().sources().raw()).isEmpty();
        assertThat(fromRollups.topPaths())
                .isEqualTo(fromEvents.topPaths())
                .containsExactly(new PathViews("/a", 2), new PathViews("(other)", 1));
        assertThat(fromRollups.uniqueUsers()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "news.example.com, 2",
        "News.Example.COM., 2",
        "https://news.example.com:8443/today?page=2, 2",
        "*.example.com, 3",
        "b\u00FCcher.example, 1",
        "XN--BCHER-KVA.example, 1",
        "2001:DB8:0::1, 1",
        "(direct), 1",
        "(other), 1",
        "example.com, 0"
    })
    void referrerIsAskedForInAnySpelling(String asked, int views) {
        Stream.of(
                        "https://news.example.com./c",
                        "http://NEWS.example.com:80",
                        "//shop.example.com",
                        "https://b\u00FCcher.example/",
                        "http://[2001:db8::0:1]/",
                        "no address",
                        null)
                .map(StatsTests::eventFrom)
                .forEach(reports.database().getCollection("events")::insertOne);

        assertThat(ask("site_id=s&date=2025-11-12&referrer=" + asked).totalViews())
                .isEqualTo(views);
    }

    private static Document eventFrom(@Nullable String referrer) {
        Document event = ReportFixture.event("s", "page_view", "/", "u", "2025-11-12T01:00:00Z");
        return referrer == null ? event : event.append(AddedFields.REFERRER_HOST, Referrers.hostOf(referrer));
    }

    @Test
    void reportThatNeedsMoreMemoryThanItMayHaveSaysSo() {
        reports.use(ReportFixture.properties(true, 1_000_000, DataSize.ofMegabytes(1)));
        List<Document> events = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            events.add(ReportFixture.event("s", "page_view", "/" + "a".repeat(1_000) + i, "u", "2025-11-12T01:00:00Z"));
        }
        reports.database().getCollection("events").insertMany(events);

        assertThatThrownBy(() -> ask("site_id=s&date=2025-11-12"))
                .isInstanceOfSatisfying(
                        UnansweredException.class, e -> assertThat(e.reason()).isEqualTo(Unanswered.REPORT_TOO_LARGE));
        assertThat(reports.timeseries("site_id=s&date=2025-11-12")
                        .steps()
                        .get(1)
                        .views())
                .isEqualTo(2_000);
    }

    /** Even for a single day, whose users are otherwise counted one by one. */
    @Test
    void usersThatThereIsNoMemoryForAreEstimated() {
        reports.use(ReportFixture.properties(true, 1_000_000, DataSize.ofMegabytes(1)));
        List<Document> events = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            events.add(ReportFixture.event("s", "page_view", "/", "u" + i, "2025-11-12T01:00:00Z"));
        }
        reports.database().getCollection("events").insertMany(events);

        Stats answer = ask("site_id=s&date=2025-11-12");

        assertThat(answer.uniqueUsersError()).isEqualTo(DistinctUsers.RELATIVE_ERROR);
        assertThat((double) answer.uniqueUsers()).isBetween(39_000.0, 41_000.0);
    }

    private List<String> paths(String filter) {
        return ask("site_id=s&date=2025-11-12&path=" + filter).topPaths().stream()
                .map(PathViews::path)
                .toList();
    }

    private Stats ask(String question) {
        return reports.stats(question);
    }

    private static Stats stats(long views, long users, PathViews... paths) {
        LocalDate date = LocalDate.parse("2025-11-12");
        return new Stats(
                "s", date, null, null, views, users, null, null, List.of(paths), null, null, null, null, paths.length);
    }
}
