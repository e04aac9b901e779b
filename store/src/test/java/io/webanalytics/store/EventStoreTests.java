package io.webanalytics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import io.webanalytics.model.Event;
import io.webanalytics.model.EventField;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.store.EventStore.InsertResult;
import io.webanalytics.store.Refusal.Blame;
import io.webanalytics.testing.TestServers.Server;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The store's contract, on every MongoDB server under test. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyMongo")
class EventStoreTests {

    private static final Instant NOW = Instant.parse("2025-11-12T19:30:05.123Z");

    @Parameter
    Server server;

    private MongoClient client;
    private MongoDatabase database;
    private EventStore store;

    @BeforeEach
    void connect() {
        client = MongoClients.create(server.url());
        database = client.getDatabase("store-" + UUID.randomUUID())
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        store = new EventStore(database);
    }

    @AfterEach
    void disconnect() {
        database.drop();
        client.close();
    }

    @Test
    void eventIsStoredUnderItsNamesWithDatesAndABinaryId() {
        QueuedEvent queued = event("e1");
        store.insert(List.of(EventDocument.of(queued)));

        Document stored = database.getCollection("events").find().first();
        assertThat(stored.keySet())
                .containsExactly(
                        "_id", "site_id", "event_type", "path", "user_id", "timestamp", "event_id", "received_at");
        assertThat(stored.get("_id", Binary.class).getType()).isEqualTo((byte) 4);
        assertThat(stored.getDate("timestamp"))
                .isEqualTo(Date.from(queued.event().timestamp()));
        assertThat(stored.getDate("received_at")).isEqualTo(Date.from(NOW));
        assertThat(stored.getString("path")).isEqualTo("/ü😀");
    }

    @Test
    void redeliveredBatchStoresEachEventOnce() {
        List<RawBsonDocument> batch = batch(1_000);

        assertThat(store.insert(batch)).isEqualTo(new InsertResult(0, List.of()));
        assertThat(store.insert(batch)).isEqualTo(new InsertResult(1_000, List.of()));
        assertThat(count()).isEqualTo(1_000);
    }

    @Test
    void eventThatIsReadFromTheQueueAgainIsTheSameDocument() {
        QueuedEvent queued = event(null);
        store.insert(List.of(EventDocument.of(queued)));

        assertThat(store.insert(List.of(EventDocument.of(queued)))).isEqualTo(new InsertResult(1, List.of()));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void batchOfOldAndNewEventsStoresTheNewOnes() {
        List<RawBsonDocument> batch = batch(10);
        store.insert(batch.subList(0, 4));

        assertThat(store.insert(batch)).isEqualTo(new InsertResult(4, List.of()));
        assertThat(count()).isEqualTo(10);
    }

    @Test
    void copyThatIsReceivedLaterLeavesTheFirstAlone() {
        store.insert(List.of(copy("/first", NOW)));

        assertThat(store.insert(List.of(copy("/second", NOW.plusMillis(1))))).isEqualTo(new InsertResult(1, List.of()));
        assertThat(store.insert(List.of(copy("/same-instant", NOW)))).isEqualTo(new InsertResult(1, List.of()));
        assertThat(paths()).containsExactly("/first");
    }

    @Test
    void firstCopyTakesThePlaceOfOneThatWasReceivedLaterAndStoredBefore() {
        store.insert(List.of(copy("/second", NOW.plusMillis(1)), EventDocument.of(event("e2"))));

        assertThat(store.insert(List.of(EventDocument.of(event("e3")), copy("/first", NOW))))
                .isEqualTo(new InsertResult(1, List.of()));
        assertThat(paths()).containsExactlyInAnyOrder("/first", "/ü😀", "/ü😀");
    }

    @Test
    void eventThatAnotherUniqueIndexRefusesIsNotTakenForADuplicate() {
        database.getCollection("events").createIndex(new Document("event_id", 1), new IndexOptions().unique(true));
        store.insert(List.of(EventDocument.of(event("e1"))));
        QueuedEvent other = event("e1");
        InsertResult outcome =
                store.insert(List.of(EventDocument.of(new QueuedEvent(UUID.randomUUID(), NOW, other.event()))));

        assertThat(outcome.duplicates()).isZero();
        assertThat(outcome.refused()).singleElement().matches(refusal -> refusal.blame() == Blame.DOCUMENT);
    }

    @Test
    void valueThatIsCalledLikeTheIndexOfTheIdsIsNotTakenForIt() {
        database.getCollection("events").createIndex(new Document("event_id", 1), new IndexOptions().unique(true));
        QueuedEvent queued = event("_id_");
        store.insert(List.of(EventDocument.of(queued)));
        QueuedEvent other = new QueuedEvent(UUID.randomUUID(), NOW, queued.event());

        InsertResult outcome = store.insert(List.of(EventDocument.of(queued), EventDocument.of(other)));
        assertThat(outcome.duplicates()).isEqualTo(1);
        assertThat(outcome.refused())
                .singleElement()
                .matches(refusal -> refusal.index() == 1 && refusal.blame() == Blame.DOCUMENT);
    }

    @Test
    void firstCopyThatAnotherUniqueIndexRefusesIsADeadLetterAndLeavesTheLaterOneAlone() {
        database.getCollection("events").createIndex(new Document("path", 1), new IndexOptions().unique(true));
        store.insert(List.of(copy("/second", NOW.plusMillis(1)), document(null, null, Map.of())));

        InsertResult outcome = store.insert(List.of(copy("/", NOW)));
        assertThat(outcome.refused()).singleElement().matches(refusal -> refusal.blame() == Blame.DOCUMENT);
        assertThat(paths()).containsExactlyInAnyOrder("/second", "/");
    }

    @Test
    void theIndexOfTheReportsIsThere() {
        store.ensureIndex();
        store.insert(batch(1));

        List<Document> keys = new ArrayList<>();
        database.getCollection("events").listIndexes().forEach(index -> keys.add(index.get("key", Document.class)));
        if (!server.name().startsWith("embedded")) { // which ignores compound indexes
            assertThat(keys)
                    .contains(new Document("site_id", 1)
                            .append("timestamp", 1)
                            .append("event_type", 1)
                            .append("path", 1)
                            .append("user_id", 1));
        }
        assertThat(keys).contains(new Document("_id", 1));
    }

    @Test
    void unreachableMongoIsAnExceptionAndNotAnOutcome() {
        try (MongoClient nowhere =
                MongoClients.create("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100&connectTimeoutMS=100")) {
            EventStore away = new EventStore(nowhere.getDatabase("x"));
            assertThatThrownBy(() -> away.insert(batch(1))).isInstanceOf(MongoException.class);
        }
    }

    @Test
    void optionalFieldsAreStoredAsTheyWereSent() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("plan", "pro");
        properties.put("amount", Long.MAX_VALUE);
        properties.put("price", 19.99);
        properties.put("trial", true);
        store.insert(List.of(document("https://WWW.Example.com:8443/?q=a|b", "visit-1", properties)));

        Document stored = database.getCollection("events").find().first();
        assertThat(stored.getString("referrer")).isEqualTo("https://WWW.Example.com:8443/?q=a|b");
        assertThat(stored.getString("referrer_host")).isEqualTo("www.example.com");
        assertThat(stored.getString("session_id")).isEqualTo("visit-1");
        assertThat(stored.get("properties", Document.class)).isEqualTo(new Document(properties));
        assertThat(stored.get("properties", Document.class).keySet()).containsExactlyElementsOf(properties.keySet());
    }

    @Test
    void keysThatMeanSomethingElsewhereAreStored() {
        Map<String, Object> properties = Map.of("_id", "x", "a$", 1L, "__proto__", 2L, "😀 ü", 3L, "0", 4L);

        assertThat(store.insert(List.of(document(null, null, properties)))).isEqualTo(new InsertResult(0, List.of()));
        Document stored = database.getCollection("events").find().first();
        assertThat(stored.get("properties", Document.class)).isEqualTo(new Document(properties));
        assertThat(stored.get("_id", Binary.class).getType()).isEqualTo((byte) 4);
    }

    @Test
    void referrerWithoutAReadableHostIsOther() {
        RawBsonDocument document = document("about:blank", null, Map.of());

        assertThat(document.getString("referrer").getValue()).isEqualTo("about:blank");
        assertThat(document.getString("referrer_host").getValue()).isEqualTo("(other)");
    }

    @Test
    void whatAnEventDoesNotHaveIsNoField() {
        assertThat(EventDocument.of(event(null)).keySet())
                .containsExactly("_id", "site_id", "event_type", "path", "user_id", "timestamp", "received_at");
    }

    private long count() {
        return database.getCollection("events").countDocuments();
    }

    private List<String> paths() {
        return database.getCollection("events")
                .find()
                .map(event -> event.getString("path"))
                .into(new ArrayList<>());
    }

    /** Returns a copy of one event, the same for all calls. */
    private static RawBsonDocument copy(String path, Instant receivedAt) {
        Event event = new Event("site", "page_view", path, "u", Instant.parse("2025-11-12T19:30:01.5Z"), "e1");
        return EventDocument.of(QueuedEvent.receive(event, receivedAt));
    }

    private static List<RawBsonDocument> batch(int size) {
        List<RawBsonDocument> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(EventDocument.of(event("e" + i)));
        }
        return batch;
    }

    private static RawBsonDocument document(String referrer, String sessionId, Map<String, Object> properties) {
        Event event = new Event("site", "click", "/", "u", NOW, null)
                .with(EventField.REFERRER, referrer)
                .with(EventField.SESSION_ID, sessionId)
                .with(properties);
        return EventDocument.of(QueuedEvent.receive(event, NOW));
    }

    private static QueuedEvent event(String eventId) {
        Event event = new Event("site", "page_view", "/ü😀", "u", Instant.parse("2025-11-12T19:30:01.5Z"), eventId);
        return QueuedEvent.receive(event, NOW);
    }
}
