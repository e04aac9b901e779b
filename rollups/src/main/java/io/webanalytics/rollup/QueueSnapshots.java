package io.webanalytics.rollup;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.webanalytics.model.QueueSnapshot;
import io.webanalytics.store.CollectionNames;
import io.webanalytics.store.Refusal;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The latest snapshot of the queue, for reports. A report reads it before it counts. However old it is, it then never promises
 * more than the report contains: an event that was stored at its time still is.
 */
public final class QueueSnapshots {

    private static final String ID = "queue";
    private static final String AS_OF = "as_of";
    private static final String COMPLETE_THROUGH = "complete_through";
    private static final String PENDING = "pending";
    private static final String DEAD = "dead";

    private final MongoCollection<Document> snapshots;

    public QueueSnapshots(MongoDatabase database) {
        snapshots = database.getCollection(CollectionNames.QUEUE_SNAPSHOT).withReadPreference(ReadPreference.primary());
    }

    /**
     * Replaces the stored snapshot if that is older.
     *
     * @throws MongoException if MongoDB fails
     */
    public void write(QueueSnapshot snapshot) {
        Date asOf = Date.from(snapshot.asOf());
        try {
            snapshots.updateOne(
                    Filters.and(Filters.eq(ID), Filters.lt(AS_OF, asOf)),
                    Updates.combine(
                            Updates.set(AS_OF, asOf),
                            Updates.set(COMPLETE_THROUGH, Date.from(snapshot.completeThrough())),
                            Updates.set(PENDING, snapshot.pending()),
                            Updates.set(DEAD, snapshot.dead())),
                    new UpdateOptions().upsert(true));
        } catch (MongoWriteException e) {
            if (e.getCode() != Refusal.DUPLICATE_KEY) {
                throw e;
            } // else the stored one is no older
        }
    }

    /** Returns null if no processor has written one yet. */
    public @Nullable QueueSnapshot read() {
        Document found = snapshots.find(Filters.eq(ID)).first();
        return found == null
                ? null
                : new QueueSnapshot(
                        found.getDate(AS_OF).toInstant(),
                        found.getDate(COMPLETE_THROUGH).toInstant(),
                        found.get(PENDING, Number.class).longValue(),
                        found.get(DEAD, Number.class).longValue());
    }
}
