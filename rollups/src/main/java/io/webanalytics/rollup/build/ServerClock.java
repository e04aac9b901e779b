package io.webanalytics.rollup.build;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import io.webanalytics.store.CollectionNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * MongoDB's clock, by which marks are dated. It is read now and then. Between two readings it is known within bounds, from the
 * time that passes here. So the clocks of the processors need not agree with it, nor with each other.
 */
public final class ServerClock {

    /** The longest use of a reading. After that, another server may have become primary. */
    private static final Duration LONGEST_USE = Duration.ofSeconds(5);

    private static final String NOW = "now";

    private final MongoCollection<Document> state;
    private volatile @Nullable Reading last;

    private record Reading(Instant server, long before, long after) {}

    public ServerClock(MongoDatabase database) {
        state = database.getCollection(CollectionNames.ROLLUP_STATE);
    }

    /**
     * Reads the clock.
     *
     * @throws MongoException if MongoDB does not answer
     */
    public Instant read() {
        long before = System.nanoTime();
        Document clock = state.findOneAndUpdate(
                Filters.eq("clock"),
                Updates.currentDate(NOW),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        Date now = clock.getDate(NOW);
        last = new Reading(now.toInstant(), before, System.nanoTime());
        return now.toInstant();
    }

    /**
     * Returns a lower bound of the clock, from the last reading or a new one.
     *
     * @throws MongoException if there is no recent reading, and MongoDB does not answer
     */
    public Instant now() {
        Instant earliest = earliest();
        return earliest == null ? read() : earliest;
    }

    /** Returns a lower bound of the clock; null without a recent reading. */
    @Nullable
    Instant earliest() {
        Reading reading = recent();
        return reading == null ? null : reading.server.plus(since(reading.after));
    }

    /** Returns an upper bound of the clock; null without a recent reading. */
    @Nullable
    Instant latest() {
        Reading reading = recent();
        return reading == null
                ? null
                : reading.server.plus(since(reading.before)).plusMillis(1); // readings are cut to ms
    }

    private @Nullable Reading recent() {
        Reading reading = last;
        return reading == null || since(reading.before).compareTo(LONGEST_USE) > 0 ? null : reading;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
