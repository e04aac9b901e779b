package io.webanalytics.system.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an earlier release left in Redis and MongoDB is read, reported and counted on as that release did it. */
@ParameterizedClass
@MethodSource("io.webanalytics.system.upgrade.Stored#all")
class UpgradeIT {

    private static final Map<String, JsonNode> BEFORE = new TreeMap<>();
    private static final Map<String, JsonNode> AFTER = new TreeMap<>();

    private static Installation installation;
    private static DatabaseDump.Content content;
    private static Takeover takeover;

    private final Stored stored;

    UpgradeIT(Stored stored) {
        this.stored = stored;
    }

    @BeforeParameterizedClassInvocation
    static void takeOver(Stored stored) {
        installation = new Installation();
        content = stored.readDatabase();
        QueueDump.load(installation.redis, stored.read("queue.jsonl"));
        DatabaseDump.load(installation.database, content);
        BEFORE.clear();
        AFTER.clear();
        stored.readAnswers(BEFORE, AFTER);
        takeover = Takeover.of(installation, BEFORE.keySet(), stored.read("sent-again.jsonl"));
    }

    @AfterParameterizedClassInvocation
    static void close() {
        installation.close();
    }

    @Test
    void reportsAreTheSame() {
        assertThatAnswersAreTheSame(takeover.before(), BEFORE);
    }

    @Test
    void rollupsAreUsed() {
        assertThat(takeover.before().values()).anyMatch(answer -> rollups(answer, "rollup_days") > 0);
        assertThat(takeover.before().values()).anyMatch(answer -> rollups(answer, "rollup_hours") > 0);
    }

    @Test
    void reportsAreTheSameWithWhatWasQueuedInFlightAndDead() {
        assertThatAnswersAreTheSame(takeover.after(), AFTER);
    }

    @Test
    void collectionsKeepTheirIndexes() {
        assertThat(keys(DatabaseDump.dump(installation.database))).containsAllEntriesOf(keys(content));
    }

    @Test
    void deadLettersAreTheSame() {
        assertThat(takeover.letters()).isEqualTo(stored.readTree("letters.json"));
    }

    @Test
    void ledgerIsTheSame() {
        assertThat(takeover.ledger()).isEqualTo(stored.readTree("ledger.json"));
    }

    @Test
    void eachEventIsStoredOnceAndWithAllThatItHad() {
        Map<BsonValue, String> expected = byId(content.documents().get("events"));
        expected.putAll(byId(stored.read("events-after.jsonl")));
        List<String> events = DatabaseDump.documents(installation.database, "events");
        assertThat(events).hasSameSizeAs(expected.keySet());
        assertThat(byId(events).values()).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @Test
    void rollupsDoNotDifferFromTheirEvents() {
        assertThat(takeover.checked()).isPositive();
        assertThat(takeover.differing()).isZero();
    }

    @Test
    void rollupsOfADayThatNothingCameToAreKept() {
        for (String collection : List.of("rollups", "rollup_parts")) {
            List<String> kept = ofTheFirstDay(content.documents().get(collection));
            assertThat(kept).isNotEmpty();
            assertThat(ofTheFirstDay(DatabaseDump.documents(installation.database, collection)))
                    .isEqualTo(kept);
        }
    }

    /** Of the collections that have indexes of their own. */
    private static Map<String, List<BsonDocument>> keys(DatabaseDump.Content database) {
        Map<String, List<BsonDocument>> keys = new TreeMap<>();
        database.indexes().forEach((collection, indexes) -> {
            if (!indexes.isEmpty()) {
                keys.put(collection, indexes.stream().map(BsonDocument::parse).toList());
            }
        });
        return keys;
    }

    /** Which rollups a report uses is for each release to decide. */
    private static void assertThatAnswersAreTheSame(Map<String, JsonNode> answers, Map<String, JsonNode> expected) {
        assertThat(answers).hasSameSizeAs(expected);
        assertSoftly(each -> answers.forEach((question, answer) -> each.assertThat(withoutSources(answer))
                .as(question)
                .isEqualTo(withoutSources(expected.get(question)))));
    }

    private static JsonNode withoutSources(JsonNode answer) {
        JsonNode copy = answer.deepCopy();
        if (copy.get("meta") instanceof ObjectNode meta) {
            meta.remove("sources");
        }
        return copy;
    }

    private static int rollups(JsonNode answer, String unit) {
        return answer.at("/meta/sources/" + unit).asInt();
    }

    private static List<String> ofTheFirstDay(List<String> documents) {
        return documents.stream()
                .filter(document -> document.contains("/" + History.DAYS.get(0)))
                .toList();
    }

    private static Map<BsonValue, String> byId(List<String> documents) {
        Map<BsonValue, String> byId = new HashMap<>();
        documents.forEach(document -> byId.put(BsonDocument.parse(document).get("_id"), document));
        return byId;
    }
}
