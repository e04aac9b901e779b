package io.webanalytics.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import io.webanalytics.model.AddedFields;
import io.webanalytics.model.EventField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDateTime;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Resolves duplicate keys. If the key is {@code _id}, the event is stored already. Of several copies of an event the first
 * received must be kept, in whatever order two workers store them; so a later copy is replaced. If the key is that of another
 * index, which an operator must have added, the document is refused.
 */
final class Duplicates {

    /** The version of UUIDs that are derived from an {@code event_id}: only such events have copies that differ. */
    private static final int DERIVED = 8;

    private final MongoCollection<RawBsonDocument> events;
    private final String idIsThere;

    Duplicates(MongoCollection<RawBsonDocument> events) {
        this.events = events.withReadPreference(ReadPreference.primary()); // a secondary may lag behind
        // MongoDB's message begins so, and the values follow. The driver does not expose the error's keyPattern.
        this.idIsThere = "E11000 duplicate key error collection: " + events.getNamespace() + " index: _id_ dup key: ";
    }

    /**
     * Makes sure that the first copies are kept.
     *
     * @param errors one for each document with a duplicate key
     * @return the documents that are not stored, those whose later copy was not replaced, and those whose state is unknown now
     */
    List<Refusal> resolve(List<RawBsonDocument> documents, List<BulkWriteError> errors) {
        List<BulkWriteError> unclear = errors.stream()
                .filter(error -> isDerived(documents.get(error.getIndex()))
                        || !error.getMessage().startsWith(idIsThere))
                .toList();
        if (unclear.isEmpty()) {
            return List.of();
        }
        try {
            return compare(documents, unclear);
        } catch (MongoException e) {
            return unclear.stream()
                    .map(error -> new Refusal(error.getIndex(), Refusal.Blame.SERVER, String.valueOf(e.getMessage())))
                    .toList();
        }
    }

    private List<Refusal> compare(List<RawBsonDocument> documents, List<BulkWriteError> errors) {
        Map<BsonValue, RawBsonDocument> stored = find(errors.stream()
                .map(error -> id(documents.get(error.getIndex())))
                .toList());
        List<Refusal> refused = new ArrayList<>();
        List<Integer> earlier = new ArrayList<>();
        for (BulkWriteError error : errors) {
            RawBsonDocument document = documents.get(error.getIndex());
            RawBsonDocument other = stored.get(id(document));
            if (other == null) {
                refused.add(Refusal.of(error.getIndex(), error));
            } else if (isDerived(document) && isEarlier(document, other)) {
                earlier.add(error.getIndex());
            }
        }
        refused.addAll(replace(documents, earlier));
        return refused;
    }

    private Map<BsonValue, RawBsonDocument> find(List<BsonValue> ids) {
        Map<BsonValue, RawBsonDocument> found = new HashMap<>();
        events.find(Filters.in(AddedFields.ID, ids))
                .projection(Projections.include(AddedFields.RECEIVED_AT))
                .forEach(document -> found.put(id(document), document));
        return found;
    }

    /** Replaces copies that were received later, unless another worker has stored a still earlier copy meanwhile. */
    private List<Refusal> replace(List<RawBsonDocument> documents, List<Integer> indexes) {
        if (indexes.isEmpty()) {
            return List.of();
        }
        List<ReplaceOneModel<RawBsonDocument>> replacements = indexes.stream()
                .map(documents::get)
                .map(document -> new ReplaceOneModel<>(
                        Filters.and(
                                Filters.eq(AddedFields.ID, id(document)),
                                // The site and the time are the shard key.
                                Filters.eq(EventField.SITE_ID.word(), document.get(EventField.SITE_ID.word())),
                                Filters.eq(EventField.TIMESTAMP.word(), document.get(EventField.TIMESTAMP.word())),
                                Filters.gt(AddedFields.RECEIVED_AT, receivedAt(document))),
                        document))
                .toList();
        try {
            events.bulkWrite(replacements, new BulkWriteOptions().ordered(false));
            return List.of();
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null) {
                throw e;
            }
            return e.getWriteErrors().stream()
                    .map(error -> Refusal.of(indexes.get(error.getIndex()), error))
                    .toList();
        }
    }

    private static boolean isDerived(RawBsonDocument document) {
        return document.getBinary(AddedFields.ID).asUuid().version() == DERIVED;
    }

    private static boolean isEarlier(RawBsonDocument document, RawBsonDocument stored) {
        BsonDateTime mine = receivedAt(document);
        BsonDateTime other = receivedAt(stored);
        return mine != null && other != null && mine.compareTo(other) < 0;
    }

    private static @Nullable BsonDateTime receivedAt(RawBsonDocument document) {
        return document.get(AddedFields.RECEIVED_AT) instanceof BsonDateTime time ? time : null;
    }

    private static BsonValue id(RawBsonDocument document) {
        return document.get(AddedFields.ID);
    }
}
