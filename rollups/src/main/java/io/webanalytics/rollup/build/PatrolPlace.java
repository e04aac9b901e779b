package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
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
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Where the patrol is, and who walks: noted in MongoDB, so that one process walks at a time and the next goes on from there. */
final class PatrolPlace {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final String ID = "patrol";
    private static final String WALKER = "walker";
    private static final String LEASE_ENDS = "lease_ends";
    private static final String LAST_SITE = "last_site";
    private static final String ENDED = "ended";

    private static final int DUPLICATE_KEY = 11_000;

    private final MongoCollection<Document> state;
    private final ServerClock clock;
    private final Duration noteEvery;
    private final String walker = UUID.randomUUID().toString();
    private String lastSite = "";
    private long noted;

    /** @param noteEvery how often it is noted where we are */
    PatrolPlace(MongoDatabase database, ServerClock clock, Duration noteEvery) {
        this.state = database.getCollection(CollectionNames.ROLLUP_STATE);
        this.clock = clock;
        this.noteEvery = noteEvery;
    }

    /**
     * Whether it is for us to walk: nobody else does, and the last walk ended early, or so long ago.
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
            if (e.getCode() == DUPLICATE_KEY) {
                return false; // it is there, and neither free nor due
            }
            throw e;
        }
    }

    /** The last site that was seen to, empty at the beginning of a walk. */
    String lastSite() {
        return lastSite;
    }

    /** A site was seen to. */
    void moveOn(String site) {
        lastSite = site;
    }

    /** Whether it is still for us to walk: notes where we are, now and then, and that we go on. */
    boolean keep() {
        if (System.nanoTime() - noted < noteEvery.toNanos()) {
            return true;
        }
        noted = System.nanoTime();
        return note(Updates.set(LEASE_ENDS, Date.from(clock.now().plus(LEASE))));
    }

    /** The walk ends here, and is to be gone on with. */
    void leave() {
        note(Updates.unset(LEASE_ENDS));
    }

    /** Every site was seen to. */
    void finish() {
        lastSite = "";
        note(Updates.combine(Updates.unset(LEASE_ENDS), Updates.set(ENDED, Date.from(clock.now()))));
    }

    /** Whether that was for us to do. */
    private boolean note(Bson more) {
        return state.updateOne(
                                Filters.and(Filters.eq(ID), Filters.eq(WALKER, walker)),
                                Updates.combine(Updates.set(LAST_SITE, lastSite), more))
                        .getMatchedCount()
                > 0;
    }
}
