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
 * The collection of events. An insert is idempotent: {@code _id} is fixed at receipt, so a document that is already there is a
 * success. Callers repeat it until MongoDB has stored each document, or refused it for its content.
 */
public final class EventStore {

    private final MongoCollection<RawBsonDocument> events;
    private final Duplicates duplicates;

    public EventStore(MongoDatabase database) {
        events = database.getCollection(CollectionNames.EVENTS, RawBsonDocument.class);
        duplicates = new Duplicates(events);
    }

    /**
     * The outcome of an insert. All documents that were not refused are stored.
     *
     * @param duplicates how many of these were stored before
     * @param refused the documents that are not stored
     */
    public record InsertResult(int duplicates, List<Refusal> refused) {}

    /**
     * Inserts documents, unordered, each independently of the others.
     *
     * @param documents with distinct {@code _id}s
     * @throws MongoException if none is acknowledged with the write concern; any of them may have been stored
     */
    public InsertResult insert(List<RawBsonDocument> documents) {
        try {
            events.insertMany(documents, new InsertManyOptions().ordered(false));
            return new InsertResult(0, List.of());
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null) {
                throw e;
            }
            return outcome(documents, e.getWriteErrors());
        }
    }

    private InsertResult outcome(List<RawBsonDocument> documents, List<BulkWriteError> errors) {
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
        return new InsertResult(there.size() - notThere.size(), refused);
    }

    /**
     * Creates the index that every report uses, if it does not exist.
     *
     * @throws MongoException if MongoDB cannot create it now
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
