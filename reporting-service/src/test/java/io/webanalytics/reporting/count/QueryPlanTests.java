package io.webanalytics.reporting.count;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ExplainVerbosity;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import io.webanalytics.store.Condition;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.EventFilter;
import io.webanalytics.store.Interval;
import io.webanalytics.store.Wildcard;
import io.webanalytics.testing.TestServers.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The query plan of counting events, on every MongoDB that the tests use. */
class QueryPlanTests {

    private static final Interval DAY =
            new Interval(Instant.parse("2025-11-12T00:00:00Z"), Instant.parse("2025-11-13T00:00:00Z"));

    @ParameterizedTest
    @MethodSource("io.webanalytics.testing.TestServers#everyMongo")
    void eventsAreReadInsideTheIndex(Server server) {
        if (server.name().startsWith("embedded")) {
            System.out.println("NOT RUN: the query plan on " + server + ", which has no explain");
            return;
        }
        try (MongoClient client = MongoClients.create(server.url())) {
            MongoDatabase database = client.getDatabase("plan-" + UUID.randomUUID());
            try {
                assertThatEventsAreReadInsideTheIndex(database);
            } finally {
                database.drop();
            }
        }
    }

    private static void assertThatEventsAreReadInsideTheIndex(MongoDatabase database) {
        MongoCollection<Document> events = database.getCollection("events");
        events.createIndex(Indexes.ascending("site_id", "timestamp", "event_type", "path", "user_id"));
        List<Document> some = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            some.add(new Document("site_id", "s" + i % 20)
                    .append("event_type", "page_view")
                    .append("path", "/" + i % 7)
                    .append("user_id", "u" + i % 11)
                    .append("timestamp", Date.from(DAY.from().plusSeconds(3600))));
        }
        events.insertMany(some);
        EventFilter filter =
                new EventFilter("s1", List.of(Condition.is(Dimension.EVENT_TYPE, new Wildcard("page_view"))));
        Breakdown paths = new Breakdown(Dimension.PATH, ZoneOffset.UTC, new Ranking.Page(0, 10));
        Deadline deadline = new Deadline(Duration.ofSeconds(10));
        Budget budget = new ReportMemory(1 << 20, 1 << 20, 1).enter(deadline);
        RunningCount count = new RunningCount(
                Ask.figures(DAY, true).with(paths), new BucketIndex.Coverage(List.of(), List.of(DAY)), budget);

        String json = new RawEvents(database, filter, budget, deadline)
                .find(List.of(DAY), List.of(count))
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
}
