package io.webanalytics.store.sites;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.webanalytics.store.Refusal;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A collection in which what was written is read at once, and outlives the loss of a server. */
final class Documents {

    static final String ID = "_id";
    static final String NAME = "name";
    static final String CREATED_AT = "created_at";

    private static final WriteConcern DURABLE =
            WriteConcern.MAJORITY.withJournal(true).withWTimeout(5, TimeUnit.SECONDS);

    final MongoCollection<Document> collection;

    Documents(MongoDatabase database, String name) {
        collection = database.getCollection(name)
                .withReadPreference(ReadPreference.primary())
                .withWriteConcern(DURABLE);
    }

    /** Returns false if there is a document of that {@code _id}, or of a value that must be unique. */
    boolean insert(Document document) {
        try {
            collection.insertOne(document);
            return true;
        } catch (MongoWriteException e) {
            if (e.getCode() == Refusal.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    /** Replaces a document, unless somebody has changed it since it was read. Returns whether it did. */
    boolean replace(Document before, Document after) {
        Bson unchanged = Filters.and(before.entrySet().stream()
                .map(field -> Filters.eq(field.getKey(), field.getValue()))
                .toList());
        return collection.replaceOne(unchanged, after).getMatchedCount() > 0;
    }

    @Nullable
    Document find(String id) {
        return collection.find(Filters.eq(id)).first();
    }

    boolean delete(String id) {
        return collection.deleteOne(Filters.eq(id)).getDeletedCount() > 0;
    }

    /** Has MongoDB delete documents some time after the instant that a field has. */
    void expire(String field, long days) {
        collection.createIndex(Indexes.ascending(field), new IndexOptions().expireAfter(days, TimeUnit.DAYS));
    }

    /** Has MongoDB refuse a second document of a field's value. Returns false if there are two already. */
    boolean unique(String field) {
        try {
            collection.createIndex(Indexes.ascending(field), new IndexOptions().unique(true));
            return true;
        } catch (MongoException e) {
            if (e.getCode() == Refusal.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    static @Nullable Instant instant(Document document, String field) {
        Date date = document.getDate(field);
        return date == null ? null : date.toInstant();
    }

    static Instant createdAt(Document document) {
        return document.get(CREATED_AT, Date.class).toInstant();
    }
}
