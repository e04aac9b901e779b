package io.webanalytics.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import io.webanalytics.model.EventField;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/**
 * The collection of events. An insert is repeated until MongoDB has every document, or has refused it for what it is:
 * {@code _id} is fixed at receipt, so a document that is there already is a success.
 */
public final class EventStore {

    private final MongoCollection<RawBsonDocument> events;
    private final Duplicates duplicates;

    public EventStore(MongoDatabase database) {
        events = database.getCollection(CollectionNames.EVENTS, RawBsonDocument.class);
        duplicates = new Duplicates(events);
    }

    /**
     * What MongoDB said of documents. All that it did not refuse are stored.
     *
     * @param duplicates how many of these were there already
     * @param refused those that are not stored
     */
    public record Outcome(int duplicates, List<Refusal> refused) {}

    /**
     * Inserts documents, in no order, each on its own.
     *
     * @param documents of different {@code _id}s
     * @throws MongoException if none is acknowledged as the write concern asks; any of them may have been stored
     */
    public Outcome insert(List<RawBsonDocument> documents) {
        try {
            events.insertMany(documents, new InsertManyOptions().ordered(false));
            return new Outcome(0, List.of());
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null) {
                throw e;
            }
            return outcome(documents, e.getWriteErrors());
        }
    }

    private Outcome outcome(List<RawBsonDocument> documents, List<BulkWriteError> errors) {
        List<BulkWriteError> there = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        for (BulkWriteError error : errors) {
            if (error.getCode() == Refusal.DUPLICATE_KEY) {
                there.add(error);
            } else {
                refused.add(Refusal.of(error.getIndex(), error));
            }
        }
        List<Refusal> notThere = duplicates.resolve(documents, there);
        refused.addAll(notThere);
        return new Outcome(there.size() - notThere.size(), refused);
    }

    /**
     * Makes the index that every report runs inside, if it is not there.
     *
     * @throws MongoException if MongoDB cannot make it now
     */
    public void ensureIndex() {
        events.createIndex(Indexes.ascending(
                EventField.SITE_ID.word(),
                EventField.TIMESTAMP.word(),
                EventField.EVENT_TYPE.word(),
                EventField.PATH.word(),
                EventField.USER_ID.word()));
    }
}
