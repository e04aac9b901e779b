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
import io.webanalytics.store.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The hours that wait to be built, in the collection of the heads. They are built in turns: see {@link Lane} and {@link Turns}.
 * Safe for use by many threads. A process should share one instance, because it keeps the turns.
 */
public final class DirtyHours {

    private static final int MOST_ATTEMPTS = 5;

    /** An index of an earlier release. */
    private static final String EARLIER_INDEX = "dirty_since_1_end_1";

    private final MongoCollection<Document> heads;
    private final Turns turns = new Turns();

    public DirtyHours(MongoDatabase database) {
        heads = database.getCollection(CollectionNames.ROLLUPS).withReadPreference(ReadPreference.primary());
    }

    /**
     * The hours that wait: at most {@link Bounds#COUNTED_HOURS} of each lane, those whose turn is next.
     *
     * @param hours their number
     * @param since the oldest of their latest marks, by MongoDB's clock; null if none waits
     */
    public record Backlog(long hours, @Nullable Instant since) {

        private static final Backlog NONE = new Backlog(0, null);

        private Backlog and(Backlog other) {
            if (since == null || other.since == null) {
                return since == null ? other : this;
            }
            return new Backlog(hours + other.hours, since.isBefore(other.since) ? since : other.since);
        }
    }

    /**
     * Creates the index that finds dirty hours, and gives a turn to those that an earlier release marked.
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
     * Marks hours as dirty, and then removes the note that they are empty from their days. Without the note, a day stays out of
     * date even if the mark is deleted. The mark comes first, so that a builder that is at work on the day sees it. Few days have
     * such a note, so one query finds them: a batch of old events may have as many hours as events.
     *
     * @throws MongoException if MongoDB does not acknowledge it with the write concern
     */
    public void mark(Collection<Bucket> hours) {
        markAgain(hours);
        Set<Bucket> days = daysWithEmptyHours(hours);
        write(hours.stream()
                .filter(hour -> days.contains(hour.day()))
                .<WriteModel<Document>>map(HeadDocument::denyEmpty)
                .toList());
    }

    private Set<Bucket> daysWithEmptyHours(Collection<Bucket> hours) {
        if (hours.isEmpty()) {
            return Set.of();
        }
        Set<Bucket> days = hours.stream().map(Bucket::day).collect(Collectors.toSet());
        return heads.find(Filters.and(in(days), HeadDocument.saysEmpty()))
                .projection(Projections.include(ID))
                .map(day -> Bucket.parse(day.getString(ID)))
                .into(new HashSet<>());
    }

    private void write(List<WriteModel<Document>> updates) {
        if (!updates.isEmpty()) {
            heads.bulkWrite(updates, new BulkWriteOptions().ordered(false));
        }
    }

    /**
     * Marks hours that this process has marked before, after it had stored events of theirs: no day can record them as empty.
     */
    public void markAgain(Collection<Bucket> hours) {
        if (hours.isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        List<WriteModel<Document>> marks = hours.stream()
                .sorted(Comparator.comparing(Bucket::start).reversed()) // a site's latest hour gets the first turn
                .<WriteModel<Document>>map(hour -> mark(hour, now))
                .toList();
        for (int attempt = 1; ; attempt++) {
            try {
                heads.bulkWrite(marks, new BulkWriteOptions().ordered(false));
                return;
            } catch (MongoBulkWriteException e) {
                // Two workers create the same head at the same time: one gets a duplicate key and retries.
                boolean onlyRaces = e.getWriteConcernError() == null
                        && e.getWriteErrors().stream().allMatch(error -> error.getCode() == Refusal.DUPLICATE_KEY);
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
                        Updates.set(TURN, turns.next(hour.siteId())),
                        Updates.unset(LEASE_ENDS), // a builder at work on it now will fail its version check
                        Updates.setOnInsert(END, Date.from(hour.end()))),
                new UpdateOptions().upsert(true));
    }

    /**
     * Returns the hours to build next, those of the last two days first, without those that are leased.
     *
     * @param over the hours ended, and were last marked, before this instant of MongoDB's clock
     * @param now by MongoDB's clock
     * @param limit the most hours to return
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
     * Counts hours that wait, including those that are leased.
     *
     * @param over see {@link #due}
     */
    public Backlog waiting(Instant over) {
        return waiting(Lane.RECENT, over).and(waiting(Lane.OLD, over));
    }

    private Backlog waiting(Lane lane, Instant over) {
        Document found = heads.aggregate(List.of(
                        Aggregates.match(Filters.and(Filters.eq(LANE, lane.word()), before(over))),
                        Aggregates.sort(Sorts.ascending(TURN)),
                        Aggregates.limit(Bounds.COUNTED_HOURS),
                        Aggregates.group(
                                null, Accumulators.sum("hours", 1), Accumulators.min("since", "$" + DIRTY_SINCE))))
                .first();
        return found == null
                ? Backlog.NONE
                : new Backlog(
                        found.get("hours", Number.class).longValue(),
                        found.getDate("since").toInstant());
    }

    private static Bson before(Instant over) {
        return Filters.and(Filters.lt(END, Date.from(over)), Filters.lt(DIRTY_SINCE, Date.from(over)));
    }

    /**
     * Leases hours, so that no other builder works on them meanwhile. If one does all the same, the later of the two fails its
     * version check. An hour that was marked again after it was found due is not leased: while a mark is recent, workers skip
     * further ones, so events may be stored without a new version.
     *
     * @param over the hours were last marked before this instant of MongoDB's clock
     * @param now by MongoDB's clock
     * @return the hours that could be leased, as they are after that
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

    /** Gives hours that cannot be built a later turn, as if they had been marked now, so that they hold up no others. */
    public void postpone(Collection<Bucket> hours) {
        write(hours.stream()
                .<WriteModel<Document>>map(hour -> new UpdateOneModel<>(
                        Filters.and(Filters.eq(ID, hour.id()), Filters.exists(DIRTY_SINCE)),
                        Updates.set(TURN, turns.next(hour.siteId()))))
                .toList());
    }

    /** Extends leases. */
    public void renew(Collection<Bucket> hours, String lease, Instant now, Duration length) {
        heads.updateMany(
                Filters.and(in(hours), Filters.eq(LEASE, lease), Filters.exists(LEASE_ENDS)),
                Updates.set(LEASE_ENDS, Date.from(now.plus(length))));
    }

    /** Releases leases before they end. */
    public void release(Collection<Bucket> hours, String lease) {
        heads.updateMany(Filters.and(in(hours), Filters.eq(LEASE, lease)), Updates.unset(LEASE_ENDS));
    }

    private static Bson in(Collection<Bucket> hours) {
        return Filters.in(ID, hours.stream().map(Bucket::id).toList());
    }
}
