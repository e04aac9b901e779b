package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ExplainVerbosity;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import io.webanalytics.reporting.Stats.PathViews;
import io.webanalytics.testing.TestServers.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.util.LinkedMultiValueMap;

/** The pipelines' contract, against every MongoDB there is. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyMongo")
class StatsQueryTests {

    @Parameter
    Server server;

    private MongoClient client;
    private String database;
    private MongoCollection<Document> events;
    private StatsQuery query;

    @BeforeEach
    void connect() {
        client = MongoClients.create(server.url());
        database = "reports-" + UUID.randomUUID();
        events = client.getDatabase(database).getCollection("events");
        events.createIndex(Indexes.ascending("site_id", "timestamp", "event_type", "path", "user_id"));
        query = new StatsQuery(
                new SimpleMongoClientDatabaseFactory(client, database),
                new ReportingProperties(Duration.ofSeconds(10)));
    }

    @AfterEach
    void disconnect() {
        client.getDatabase(database).drop();
        client.close();
    }

    @Test
    void siteWithoutEventsGetsZeros() {
        client.getDatabase(database).drop(); // not even a collection
        assertThat(ask("site_id=s&date=2025-11-12"))
                .isEqualTo(new Stats("s", LocalDate.parse("2025-11-12"), 0, 0, List.of()));
    }

    @Test
    void viewsUsersAndPathsOfOneDayAreCounted() {
        store("s", "page_view", "/a", "u1", "2025-11-12T00:00:00Z");
        store("s", "page_view", "/b", "u1", "2025-11-12T12:00:00Z");
        store("s", "page_view", "/b", "u2", "2025-11-12T23:59:59.999Z");
        store("s", "page_view", "/a", "u3", "2025-11-11T23:59:59.999Z");
        store("s", "page_view", "/a", "u4", "2025-11-13T00:00:00Z");
        store("other", "page_view", "/a", "u5", "2025-11-12T12:00:00Z");
        store("s", "click", "/a", "u6", "2025-11-12T12:00:00Z");

        assertThat(ask("site_id=s&date=2025-11-12"))
                .isEqualTo(new Stats(
                        "s",
                        LocalDate.parse("2025-11-12"),
                        3,
                        2,
                        List.of(new PathViews("/b", 2), new PathViews("/a", 1))));
    }

    @Test
    void eventTypeNamesWhatIsCountedAndAStarCountsAll() {
        store("s", "page_view", "/a", "u1", "2025-11-12T01:00:00Z");
        store("s", "click", "/b", "u2", "2025-11-12T02:00:00Z");
        store("s", "click", "/b", "u2", "2025-11-12T03:00:00Z");

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
            store("s", "page_view", path, "u", "2025-11-12T01:00:00Z");
        }
        assertThat(ask("site_id=s&date=2025-11-12").topPaths())
                .extracting(PathViews::path)
                .containsExactly("/", "/B", "/a", "/a/b", "/b", "/é");
    }

    @Test
    void tenPathsAreListedUnlessTheLimitSaysOtherwise() {
        for (int i = 0; i < 15; i++) {
            store("s", "page_view", "/" + i, "u", "2025-11-12T01:00:00Z");
        }
        assertThat(ask("site_id=s&date=2025-11-12").topPaths()).hasSize(10);
        assertThat(ask("site_id=s&date=2025-11-12&limit=1").topPaths()).hasSize(1);
        assertThat(ask("site_id=s&date=2025-11-12&limit=1000").topPaths()).hasSize(15);
        assertThat(ask("site_id=s&date=2025-11-12&limit=1").totalViews()).isEqualTo(15);
    }

    @Test
    void dayIsTheDayOfTheTimeZone() {
        store("s", "page_view", "/india", "u", "2025-11-11T18:30:00Z"); // midnight in Kolkata, +05:30
        store("s", "page_view", "/before", "u", "2025-11-11T18:29:59.999Z");
        store("s", "page_view", "/after", "u", "2025-11-12T18:30:00Z");

        assertThat(ask("site_id=s&date=2025-11-12&timezone=Asia/Kolkata").topPaths())
                .containsExactly(new PathViews("/india", 1));
    }

    @Test
    void dayOnWhichClocksChangeHasItsOwnLength() {
        store("s", "page_view", "/first", "u", "2025-10-25T22:00:00Z"); // 00:00 in Berlin, still summer
        store("s", "page_view", "/last", "u", "2025-10-26T22:59:59Z"); // 23:59:59, 25 hours later
        store("s", "page_view", "/next", "u", "2025-10-26T23:00:00Z");

        assertThat(ask("site_id=s&date=2025-10-26&timezone=Europe/Berlin").totalViews())
                .isEqualTo(2);
        assertThat(ask("site_id=s&date=2025-10-27&timezone=Europe/Berlin").totalViews())
                .isEqualTo(1);
    }

    @Test
    void pipelineRunsInsideTheIndex() {
        List<Document> some = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            some.add(event("s" + i % 20, "page_view", "/" + i % 7, "u" + i % 11, "2025-11-12T01:00:00Z"));
        }
        events.insertMany(some);
        if (server.name().startsWith("embedded")) {
            System.out.println("NOT RUN: the query plan on " + server + ", which has no explain");
            return;
        }
        String json = events.aggregate(StatsQuery.pipeline(parameters("site_id=s1&date=2025-11-12")))
                .explain(ExplainVerbosity.EXECUTION_STATS)
                .toJson();
        assertThat(json).contains("IXSCAN").doesNotContain("COLLSCAN");
        assertThat(examinedDocuments(json))
                .as("documents examined, where the server tells")
                .isIn(-1, 0);
    }

    private static int examinedDocuments(String plan) {
        var examined = Pattern.compile("\"totalDocsExamined\": (\\d+)").matcher(plan);
        return examined.find() ? Integer.parseInt(examined.group(1)) : -1;
    }

    private Stats ask(String question) {
        return query.run(parameters(question));
    }

    private static StatsParameters parameters(String question) {
        LinkedMultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (String parameter : question.split("&")) {
            String[] parts = parameter.split("=", 2);
            parameters.add(parts[0], parts[1]);
        }
        return StatsParameters.of(parameters);
    }

    private void store(String site, String type, String path, String user, String timestamp) {
        events.insertOne(event(site, type, path, user, timestamp));
    }

    private static Document event(String site, String type, String path, String user, String timestamp) {
        return new Document("site_id", site)
                .append("event_type", type)
                .append("path", path)
                .append("user_id", user)
                .append("timestamp", Date.from(Instant.parse(timestamp)));
    }
}
