package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import io.webanalytics.store.CollectionNames;
import io.webanalytics.store.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The position of the patrol and its lease, in MongoDB: one process walks at a time, and the next continues from there. */
final class PatrolPlace {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final String ID = "patrol";
    private static final String WALKER = "walker";
    private static final String LEASE_ENDS = "lease_ends";
    private static final String LAST_SITE = "last_site";
    private static final String ENDED = "ended";

    private final MongoCollection<Document> state;
    private final ServerClock clock;
    private final Duration noteEvery;
    private final String walker = UUID.randomUUID().toString();
    private String lastSite = "";
    private long noted;

    /** @param noteEvery how often the position is written */
    PatrolPlace(MongoDatabase database, ServerClock clock, Duration noteEvery) {
        this.state = database.getCollection(CollectionNames.ROLLUP_STATE);
        this.clock = clock;
        this.noteEvery = noteEvery;
    }

    /**
     * Takes the lease if it is free, and the last walk ended early or at least {@code period} ago. Returns whether it did.
     *
     * @throws MongoException if MongoDB fails
     */
    boolean take(Duration period) {
        Instant now = clock.read();
        Bson free = Filters.or(
                Filters.eq(WALKER, walker), Filters.exists(LEASE_ENDS, false), Filters.lt(LEASE_ENDS, Date.from(now)));
        Bson due = Filters.or(
                Filters.exists(ENDED, false),
                Filters.lte(ENDED, Date.from(now.minus(period))),
                Filters.gt(LAST_SITE, ""));
        try {
            Document place = state.findOneAndUpdate(
                    Filters.and(Filters.eq(ID), free, due),
                    Updates.combine(Updates.set(WALKER, walker), Updates.set(LEASE_ENDS, Date.from(now.plus(LEASE)))),
                    new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
            lastSite = place.get(LAST_SITE, "");
            noted = System.nanoTime();
            return true;
        } catch (MongoException e) {
            if (e.getCode() == Refusal.DUPLICATE_KEY) {
                return false; // the document exists, and is not free or not due
            }
            throw e;
        }
    }

    /** Returns the last site that was checked; empty at the beginning of a walk. */
    String lastSite() {
        return lastSite;
    }

    /** Notes that a site was checked. */
    void moveOn(String site) {
        lastSite = site;
    }

    /** Whether this process still has the lease. Now and then this also writes the position and renews the lease. */
    boolean keep() {
        if (System.nanoTime() - noted < noteEvery.toNanos()) {
            return true;
        }
        noted = System.nanoTime();
        return note(Updates.set(LEASE_ENDS, Date.from(clock.now().plus(LEASE))));
    }

    /** Releases the lease before the walk is complete. */
    void leave() {
        note(Updates.unset(LEASE_ENDS));
    }

    /** Completes the walk: every site was checked. */
    void finish() {
        lastSite = "";
        note(Updates.combine(Updates.unset(LEASE_ENDS), Updates.set(ENDED, Date.from(clock.now()))));
    }

    /** Writes the position. Returns whether this process still had the lease. */
    private boolean note(Bson more) {
        return state.updateOne(
                                Filters.and(Filters.eq(ID), Filters.eq(WALKER, walker)),
                                Updates.combine(Updates.set(LAST_SITE, lastSite), more))
                        .getMatchedCount()
                > 0;
    }
}
