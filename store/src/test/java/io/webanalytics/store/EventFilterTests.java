package io.webanalytics.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.store.Condition.Operator;
import io.webanalytics.testing.TestServers.Server;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What MongoDB finds and the filter accepts, on every MongoDB server under test. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyMongo")
class EventFilterTests {

    private static final Instant NOON = Instant.parse("2025-11-12T12:00:00Z");
    private static final Interval HOUR = new Interval(NOON, NOON.plusSeconds(3600));
    private static final List<String> FIELDS = List.of("path", "event_type", "referrer_host");

    private static final List<String> PATHS =
            List.of("/", "/a", "/a.b", "/axb", "/blog/1", "/blog/1.pdf", "/blog/*", "/é", "/(a|b)+$");
    private static final List<String> TYPES = List.of("page_view", "click");
    private static final List<String> REFERRERS = List.of("", "news.example", "www.news.example", "(other)");

    /** A pattern, and an equivalent regular expression. */
    private record Pattern(Dimension dimension, String text, String regex) {}

    private static final List<Pattern> PATTERNS = List.of(
            new Pattern(Dimension.PATH, "/a", "/a"),
            new Pattern(Dimension.PATH, "/a.b", "/a\\.b"),
            new Pattern(Dimension.PATH, "/a*", "/a.*"),
            new Pattern(Dimension.PATH, "/a.*", "/a\\..*"),
            new Pattern(Dimension.PATH, "*.pdf", ".*\\.pdf"),
            new Pattern(Dimension.PATH, "*", ".*"),
            new Pattern(Dimension.PATH, "/blog/*", "/blog/.*"),
            new Pattern(Dimension.PATH, "/blog/\\*", "/blog/\\*"),
            new Pattern(Dimension.PATH, "/*1*", "/.*1.*"),
            new Pattern(Dimension.PATH, "/nowhere", "/nowhere"),
            new Pattern(Dimension.PATH, "/é*", "/é.*"),
            new Pattern(Dimension.PATH, "/(a|b)+$", "/\\(a\\|b\\)\\+\\$"),
            new Pattern(Dimension.EVENT_TYPE, "page_view", "page_view"),
            new Pattern(Dimension.EVENT_TYPE, "none", "none"),
            new Pattern(Dimension.EVENT_TYPE, "*_view", ".*_view"),
            new Pattern(Dimension.REFERRER, "(direct)", "\\(direct\\)"),
            new Pattern(Dimension.REFERRER, "(other)", "\\(other\\)"),
            new Pattern(Dimension.REFERRER, "news.example", "news\\.example"),
            new Pattern(Dimension.REFERRER, "*.example", ".*\\.example"),
            new Pattern(Dimension.REFERRER, "(d*", "\\(d.*"),
            new Pattern(Dimension.REFERRER, "(*", "\\(.*"));

    @Parameter
    Server server;

    private MongoClient client;
    private MongoDatabase database;
    private final List<Document> stored = new ArrayList<>();

    @BeforeEach
    void store() {
        client = MongoClients.create(server.url());
        database = client.getDatabase("filter-" + UUID.randomUUID());
        for (String path : PATHS) {
            for (String type : TYPES) {
                for (String referrer : REFERRERS) {
                    Document event = new Document("_id", UUID.randomUUID().toString())
                            .append("site_id", "s")
                            .append("timestamp", Date.from(NOON.plusSeconds(stored.size())))
                            .append("path", path)
                            .append("event_type", type);
                    stored.add(referrer.isEmpty() ? event : event.append("referrer_host", referrer));
                }
            }
        }
        database.getCollection("events").insertMany(stored);
        Document elsewhere = new Document("path", "/a").append("event_type", "click");
        database.getCollection("events")
                .insertMany(List.of(
                        new Document(elsewhere).append("site_id", "t").append("timestamp", Date.from(NOON)),
                        new Document(elsewhere).append("site_id", "s").append("timestamp", Date.from(HOUR.to()))));
    }

    @AfterEach
    void drop() {
        database.drop();
        client.close();
    }

    @Test
    void withoutConditionsEverythingOfTheSiteInTheIntervalCounts() {
        assertThat(count(List.of())).isEqualTo(stored.size());
    }

    @Test
    void everyConditionFindsWhatItsWordsSay() {
        for (Pattern pattern : PATTERNS) {
            for (Operator operator : Operator.values()) {
                Condition condition = new Condition(pattern.dimension, operator, new Wildcard(pattern.text));
                long expected = stored.stream()
                        .filter(event ->
                                value(event, pattern.dimension).matches(pattern.regex) == (operator == Operator.IS))
                        .count();
                assertThat(count(List.of(condition)))
                        .as("%s %s", operator, pattern)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void allConditionsMustBeMet() {
        List<Condition> conditions = List.of(
                Condition.is(Dimension.EVENT_TYPE, new Wildcard("page_view")),
                Condition.is(Dimension.PATH, new Wildcard("/blog/*")),
                new Condition(Dimension.PATH, Operator.IS_NOT, new Wildcard("*.pdf")),
                new Condition(Dimension.REFERRER, Operator.IS_NOT, new Wildcard("(direct)")));

        assertThat(count(conditions)).isEqualTo(2 * 3);
    }

    @Test
    void whoKnowsADimensionIsAskedForItAlone() {
        EventFilter filter = new EventFilter(
                "s",
                List.of(
                        Condition.is(Dimension.EVENT_TYPE, new Wildcard("page_view")),
                        new Condition(Dimension.PATH, Operator.IS_NOT, new Wildcard("/a*"))));

        assertThat(filter.isOnlyOn(Set.of(Dimension.EVENT_TYPE))).isFalse();
        assertThat(filter.isOnlyOn(Set.of(Dimension.EVENT_TYPE, Dimension.PATH)))
                .isTrue();
        assertThat(filter.accepts(Dimension.PATH, "/b")).isTrue();
        assertThat(filter.accepts(Dimension.PATH, "/ab")).isFalse();
        assertThat(filter.accepts(Dimension.EVENT_TYPE, "click")).isFalse();
        assertThat(filter.accepts(Dimension.REFERRER, "news.example")).isTrue();
    }

    private long count(List<Condition> conditions) {
        EventFilter filter = new EventFilter("s", conditions);
        return new StoredEvents(database)
                .find(filter.inside(List.of(HOUR)), FIELDS).map(StoredEvent::new).into(new ArrayList<>()).stream()
                        .filter(filter::accepts)
                        .count();
    }

    private static String value(Document event, Dimension dimension) {
        return switch (dimension) {
            case PATH -> event.getString("path");
            case EVENT_TYPE -> event.getString("event_type");
            default -> event.get("referrer_host", "(direct)");
        };
    }
}
