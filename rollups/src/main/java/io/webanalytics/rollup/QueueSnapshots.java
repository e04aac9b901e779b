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
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The last snapshot of the queue, where reports find it. One that is read before the figures of a report never promises more
 * than they hold, however old it is: an event that was stored then still is.
 */
public final class QueueSnapshots {

    private static final String ID = "queue";
    private static final String AS_OF = "as_of";
    private static final String COMPLETE_THROUGH = "complete_through";
    private static final String PENDING = "pending";
    private static final String DEAD = "dead";
    private static final int DUPLICATE_KEY = 11_000;

    private final MongoCollection<Document> snapshots;

    public QueueSnapshots(MongoDatabase database) {
        snapshots = database.getCollection(CollectionNames.QUEUE_SNAPSHOT).withReadPreference(ReadPreference.primary());
    }

    /**
     * Takes the place of an older one.
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
            if (e.getCode() != DUPLICATE_KEY) {
                throw e;
            } // else there is a younger one
        }
    }

    /** Null where no processor has written one yet. */
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
