package io.webanalytics.rollup;

import static io.webanalytics.rollup.HeadDocument.DIRTY_SINCE;
import static io.webanalytics.rollup.HeadDocument.END;
import static io.webanalytics.rollup.HeadDocument.ID;
import static io.webanalytics.rollup.HeadDocument.LANE;
import static io.webanalytics.rollup.HeadDocument.LEASE;
import static io.webanalytics.rollup.HeadDocument.LEASE_ENDS;
import static io.webanalytics.rollup.HeadDocument.TURN;
import static io.webanalytics.rollup.HeadDocument.VERSION;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.webanalytics.store.CollectionNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The hours that wait to be built, in the collection of the heads. They are built in turns: see {@link Lane} and {@link Turns}.
 * Safe for use by many threads; all of a process should share one, which knows whose turn it is.
 */
public final class DirtyHours {

    private static final int DUPLICATE_KEY = 11_000;
    private static final int MOST_ATTEMPTS = 5;

    /** Of an earlier release. */
    private static final String EARLIER_INDEX = "dirty_since_1_end_1";

    private final MongoCollection<Document> heads;
    private final Turns turns = new Turns();

    public DirtyHours(MongoDatabase database) {
        heads = database.getCollection(CollectionNames.ROLLUPS).withReadPreference(ReadPreference.primary());
    }

    /**
     * What waits.
     *
     * @param hours how many
     * @param since when the first of them was marked last, by MongoDB's clock; null where none waits
     */
    public record Waiting(long hours, @Nullable Instant since) {}

    /**
     * Makes the index by which hours are found, and gives a turn to those that an earlier release marked.
     *
     * @throws MongoException if MongoDB cannot do it now
     */
    public void ensureIndex() {
        heads.createIndex(Indexes.ascending(LANE, TURN, END, DIRTY_SINCE));
        if (heads.listIndexes()
                .map(index -> index.getString("name"))
                .into(new HashSet<>())
                .contains(EARLIER_INDEX)) {
            heads.dropIndex(EARLIER_INDEX);
        }
        heads.updateMany(
                Filters.and(Filters.exists(DIRTY_SINCE), Filters.exists(LANE, false)),
                Updates.combine(Updates.set(LANE, Lane.OLD.word()), Updates.set(TURN, 0L)));
    }

    /**
     * Marks hours as dirty. A day that says of one of them that it is empty will not say so any more, whatever becomes of the
     * mark: that comes second, so that whoever builds the day meanwhile sees the mark.
     *
     * @throws MongoException if that is not acknowledged as the write concern asks
     */
    public void mark(Collection<Bucket> hours) {
        markAgain(hours);
        write(hours.stream().<WriteModel<Document>>map(HeadDocument::denyEmpty).toList());
    }

    private void write(List<WriteModel<Document>> updates) {
        if (!updates.isEmpty()) {
            heads.bulkWrite(updates, new BulkWriteOptions().ordered(false));
        }
    }

    /**
     * The same for hours that this process has marked before, after it had stored events of theirs: no day can say that they are
     * empty.
     */
    public void markAgain(Collection<Bucket> hours) {
        if (hours.isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        List<WriteModel<Document>> marks = hours.stream()
                .sorted(Comparator.comparing(Bucket::start).reversed()) // of a site, the youngest has the first turn
                .<WriteModel<Document>>map(hour -> mark(hour, now))
                .toList();
        for (int attempt = 1; ; attempt++) {
            try {
                heads.bulkWrite(marks, new BulkWriteOptions().ordered(false));
                return;
            } catch (MongoBulkWriteException e) {
                // Two workers that make the same head at the same time: one of them finds it made.
                boolean onlyRaces = e.getWriteConcernError() == null
                        && e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
                if (!onlyRaces || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private UpdateOneModel<Document> mark(Bucket hour, Instant now) {
        return new UpdateOneModel<>(
                Filters.eq(ID, hour.id()),
                Updates.combine(
                        Updates.set(VERSION, UUID.randomUUID().toString()),
                        Updates.currentDate(DIRTY_SINCE),
                        Updates.set(LANE, Lane.of(hour, now).word()),
                        Updates.min(TURN, turns.next(hour.siteId())),
                        Updates.unset(LEASE_ENDS), // whoever builds it now works for nothing
                        Updates.setOnInsert(END, Date.from(hour.end()))),
                new UpdateOptions().upsert(true));
    }

    /**
     * Hours whose turn it is, those of the last days first, without those that somebody builds.
     *
     * @param over they ended, and were marked last, before this instant of MongoDB's clock
     * @param now by MongoDB's clock
     * @param limit how many at most
     */
    public List<Bucket> due(Instant over, Instant now, int limit) {
        List<Bucket> due = new ArrayList<>(due(Lane.RECENT, over, now, limit / 2));
        due.addAll(due(Lane.OLD, over, now, limit - due.size()));
        return due;
    }

    private List<Bucket> due(Lane lane, Instant over, Instant now, int limit) {
        List<Bucket> due = new ArrayList<>();
        long turn = 0;
        for (Document head : heads.find(Filters.and(Filters.eq(LANE, lane.word()), before(over), isFree(now)))
                .sort(Sorts.ascending(TURN))
                .projection(Projections.include(TURN))
                .limit(limit)) {
            due.add(Bucket.parse(head.getString(ID)));
            turn = head.get(TURN, Number.class).longValue();
        }
        turns.served(turn);
        return due;
    }

    /**
     * All that waits.
     *
     * @param over see {@link #due}
     */
    public Waiting waiting(Instant over) {
        List<String> lanes = Arrays.stream(Lane.values()).map(Lane::word).toList();
        Document found = heads.aggregate(List.of(
                        Aggregates.match(Filters.and(Filters.in(LANE, lanes), before(over))),
                        Aggregates.group(
                                null, Accumulators.sum("hours", 1), Accumulators.min("since", "$" + DIRTY_SINCE))))
                .first();
        return found == null
                ? new Waiting(0, null)
                : new Waiting(
                        found.get("hours", Number.class).longValue(),
                        found.getDate("since").toInstant());
    }

    private static Bson before(Instant over) {
        return Filters.and(Filters.lt(END, Date.from(over)), Filters.lt(DIRTY_SINCE, Date.from(over)));
    }

    /**
     * Leases hours, so that no other builder builds them meanwhile; if one does all the same, it only works for nothing. An
     * hour that was marked again since it was found to be due is left alone: other marks of it may have been left out.
     *
     * @param over they were marked last before this instant of MongoDB's clock
     * @param now by MongoDB's clock
     * @return those that were to be had, as they are after that
     */
    public List<BucketHead> lease(Collection<Bucket> hours, String lease, Instant over, Instant now, Duration length) {
        Bson wanted = Filters.and(in(hours), Filters.lt(DIRTY_SINCE, Date.from(over)));
        heads.updateMany(
                Filters.and(wanted, isFree(now)),
                Updates.combine(Updates.set(LEASE, lease), Updates.set(LEASE_ENDS, Date.from(now.plus(length)))));
        return heads.find(Filters.and(wanted, Filters.eq(LEASE, lease)))
                .map(HeadDocument::read)
                .into(new ArrayList<>());
    }

    private static Bson isFree(Instant now) {
        return Filters.or(Filters.exists(LEASE_ENDS, false), Filters.lt(LEASE_ENDS, Date.from(now)));
    }

    /** Gives hours that cannot be built another turn, as if they had been marked now: so others have theirs. */
    public void postpone(Collection<Bucket> hours) {
        write(hours.stream()
                .<WriteModel<Document>>map(hour -> new UpdateOneModel<>(
                        Filters.and(Filters.eq(ID, hour.id()), Filters.exists(DIRTY_SINCE)),
                        Updates.set(TURN, turns.next(hour.siteId()))))
                .toList());
    }

    /** Moves leases on. */
    public void renew(Collection<Bucket> hours, String lease, Instant now, Duration length) {
        heads.updateMany(
                Filters.and(in(hours), Filters.eq(LEASE, lease), Filters.exists(LEASE_ENDS)),
                Updates.set(LEASE_ENDS, Date.from(now.plus(length))));
    }

    /** Gives leases back before they end. */
    public void release(Collection<Bucket> hours, String lease) {
        heads.updateMany(Filters.and(in(hours), Filters.eq(LEASE, lease)), Updates.unset(LEASE_ENDS));
    }

    private static Bson in(Collection<Bucket> hours) {
        return Filters.in(ID, hours.stream().map(Bucket::id).toList());
    }
}
