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
 * MongoDB's clock, by which marks are dated: read now and then, and between two readings known within bounds, by the
 * passage of time here. So the clocks of the processors need not agree with it, nor with each other.
 */
public final class ServerClock {

    /** A reading that is older says nothing: another server may have taken over. */
    private static final Duration LONGEST_USE = Duration.ofSeconds(5);

    private static final String NOW = "now";

    private final MongoCollection<Document> state;
    private volatile @Nullable Reading last;

    private record Reading(Instant server, long before, long after) {}

    public ServerClock(MongoDatabase database) {
        state = database.getCollection(CollectionNames.ROLLUP_STATE);
    }

    /** Reads it. @throws MongoException if MongoDB does not answer */
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
     * What it shows at least: by the last reading, or by one that is made now.
     *
     * @throws MongoException if it was not read lately, and MongoDB does not answer
     */
    public Instant now() {
        Instant earliest = earliest();
        return earliest == null ? read() : earliest;
    }

    /** It shows this or later; null where it was not read lately. */
    @Nullable
    Instant earliest() {
        Reading reading = recent();
        return reading == null ? null : reading.server.plus(since(reading.after));
    }

    /** It shows this or earlier; null where it was not read lately. */
    @Nullable
    Instant latest() {
        Reading reading = recent();
        return reading == null
                ? null
                : reading.server.plus(since(reading.before)).plusMillis(1); // it is cut to ms
    }

    private @Nullable Reading recent() {
        Reading reading = last;
        return reading == null || since(reading.before).compareTo(LONGEST_USE) > 0 ? null : reading;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
