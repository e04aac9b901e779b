package io.webanalytics.processor;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import io.webanalytics.model.EventFields;
import io.webanalytics.model.Outage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bson.RawBsonDocument;

/**
 * The collection of events. An insert is repeated until MongoDB has every document, or has refused it for what it is:
 * {@code _id} is fixed at receipt, so a document that is there already is a success.
 */
final class EventStore {

    static final String COLLECTION = "events";

    private static final int DUPLICATE_KEY = 11_000;
    private static final Pattern ID_INDEX = Pattern.compile("(?<!\\w)_id_(?!\\w)");

    /**
     * Codes of write errors that say something of the document and nothing of the server.
     *
     * @see <a href="https://www.mongodb.com/docs/manual/reference/error-codes/">Error codes</a>
     */
    private static final Set<Integer> REFUSES_DOCUMENT = Set.of(
            2, // BadValue
            9, // FailedToParse
            14, // TypeMismatch
            22, // InvalidBSON
            52, // DollarPrefixedFieldName
            57, // DottedFieldName
            121, // DocumentValidationFailure
            10_334, // BSONObjectTooLarge
            17_280); // KeyTooLong

    /**
     * Codes of write errors that speak of the server, though they are said of a document: a shard is away, a primary steps
     * down, a disk is full.
     */
    private static final Set<Integer> SPEAKS_OF_SERVER = Set.of(
            6, // HostUnreachable
            7, // HostNotFound
            8, // UnknownError
            50, // MaxTimeMSExpired
            64, // WriteConcernFailed
            89, // NetworkTimeout
            91, // ShutdownInProgress
            112, // WriteConflict
            133, // FailedToSatisfyReadPreference
            134, // ReadConcernMajorityNotAvailableYet
            189, // PrimarySteppedDown
            262, // ExceededTimeLimit
            9_001, // SocketException
            10_107, // NotWritablePrimary
            11_600, // InterruptedAtShutdown
            11_602, // InterruptedDueToReplStateChange
            13_435, // NotPrimaryNoSecondaryOk
            13_436, // NotPrimaryOrSecondary
            14_031); // OutOfDiskSpace

    private final MongoCollection<RawBsonDocument> events;
    private final Outage mongo;

    EventStore(MongoDatabase database, Outage mongo) {
        this.mongo = mongo;
        events = database.getCollection(COLLECTION, RawBsonDocument.class);
    }

    /**
     * What MongoDB said of a batch.
     *
     * @param duplicates how many documents were there already
     * @param refused those that MongoDB did not store
     */
    record Outcome(int duplicates, List<Refusal> refused) {

        /** Whether no document was stored, for reasons that need not be theirs: MongoDB may be full, or out of order. */
        boolean refusesAll(List<RawBsonDocument> batch) {
            return refused.size() == batch.size() && refused.stream().noneMatch(Refusal::permanent);
        }
    }

    /**
     * A document that was not stored while its neighbours may have been.
     *
     * @param index its place in the batch
     * @param permanent whether it would be refused again
     */
    record Refusal(int index, boolean permanent, String error) {}

    /**
     * Inserts documents, in no order, each on its own.
     *
     * @throws MongoException if the batch as a whole is not acknowledged as the write concern asks; any part of it may
     *     have been stored
     */
    Outcome insert(List<RawBsonDocument> batch) {
        try {
            Outcome outcome = insertMany(batch);
            if (outcome.refusesAll(batch)) {
                mongo.failed(
                        "it refuses every document: " + outcome.refused.get(0).error());
            } else {
                mongo.worked();
            }
            return outcome;
        } catch (MongoException e) {
            mongo.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private Outcome insertMany(List<RawBsonDocument> batch) {
        try {
            events.insertMany(batch, new InsertManyOptions().ordered(false));
            return new Outcome(0, List.of());
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream().anyMatch(error -> SPEAKS_OF_SERVER.contains(error.getCode()))) {
                throw e;
            }
            return outcome(batch, e.getWriteErrors());
        }
    }

    private Outcome outcome(List<RawBsonDocument> batch, List<BulkWriteError> errors) {
        int duplicates = 0;
        List<Refusal> refused = new ArrayList<>();
        for (BulkWriteError error : errors) {
            if (error.getCode() == DUPLICATE_KEY && isStored(batch.get(error.getIndex()), error)) {
                duplicates++;
            } else {
                boolean permanent = REFUSES_DOCUMENT.contains(error.getCode()) || error.getCode() == DUPLICATE_KEY;
                refused.add(new Refusal(
                        error.getIndex(), permanent, "code " + error.getCode() + ": " + error.getMessage()));
            }
        }
        return new Outcome(duplicates, refused);
    }

    /** Whether a duplicate key is the document's own {@code _id}, and not that of an index that somebody added. */
    private boolean isStored(RawBsonDocument document, BulkWriteError error) {
        return ID_INDEX.matcher(error.getMessage()).find()
                || events.find(Filters.eq(document.get(EventFields.ID))).first() != null;
    }

    /**
     * Makes the index that every report runs inside, if it is not there.
     *
     * @throws MongoException if MongoDB cannot make it now
     */
    void ensureIndex() {
        events.createIndex(Indexes.ascending(
                EventFields.SITE_ID,
                EventFields.TIMESTAMP,
                EventFields.EVENT_TYPE,
                EventFields.PATH,
                EventFields.USER_ID));
    }
}
