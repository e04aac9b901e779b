package io.webanalytics.rollup;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The collection of the buckets' heads.
 *
 * <ol>
 *   <li>Once events are stored, and before they are settled, their hours are marked: dirty, under a version that never was.
 *   <li>A builder leases hours that are over and quiet, with their versions, and only then reads the events.
 *   <li>It writes the parts, and then the head, in one update that takes the mark away if the version is still the same. An
 *       event that was stored after the builder read is marked after that, or before the update, which then does nothing.
 *   <li>A day is built from the builds of its hours, and names them: it may be used while its hours have these builds.
 * </ol>
 *
 * <p>A bucket without a head counts as dirty.
 */
public final class BucketHeads {

    static final String COLLECTION = "rollups";

    static final String VERSION = "version";
    static final String DIRTY_SINCE = "dirty_since";

    private static final String ID = "_id";
    private static final String END = "end";
    private static final String LEASE = "lease";
    private static final String LEASE_ENDS = "lease_ends";
    private static final String BUILD = "build";
    private static final String BUILT_AT = "built_at";
    private static final String PARTS = "parts";
    private static final String TOO_LARGE = "too_large";
    private static final String FIGURES = "figures";
    private static final String HOURS = "hours";

    private static final int DUPLICATE_KEY = 11_000;
    private static final int MOST_ATTEMPTS = 5;

    private final MongoCollection<Document> heads;

    public BucketHeads(MongoDatabase database) {
        heads = database.getCollection(COLLECTION).withReadPreference(ReadPreference.primary());
    }

    /** @throws MongoException if MongoDB cannot make it now */
    public void ensureIndex() {
        heads.createIndex(Indexes.ascending(DIRTY_SINCE, END));
    }

    /**
     * Marks hours as dirty.
     *
     * @throws MongoException if that is not acknowledged as the write concern asks
     */
    public void mark(Collection<Bucket> hours) {
        if (hours.isEmpty()) {
            return;
        }
        List<WriteModel<Document>> marks = new ArrayList<>(hours.size());
        for (Bucket hour : hours) {
            marks.add(new UpdateOneModel<>(
                    Filters.eq(ID, hour.id()),
                    Updates.combine(
                            Updates.set(VERSION, UUID.randomUUID().toString()),
                            Updates.currentDate(DIRTY_SINCE),
                            Updates.unset(LEASE_ENDS), // whoever builds it now works for nothing
                            Updates.setOnInsert(END, Date.from(hour.end()))),
                    new UpdateOptions().upsert(true)));
        }
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

    /**
     * Hours that wait to be built, in the order of sites and time.
     *
     * @param over they ended, and were marked last, before this instant of MongoDB's clock
     */
    public List<Bucket> due(Instant over, int limit) {
        Date instant = Date.from(over);
        return heads
                .find(Filters.and(Filters.lt(DIRTY_SINCE, instant), Filters.lt(END, instant)))
                .projection(new Document(ID, 1))
                .limit(limit)
                .map(document -> Bucket.parse(document.getString(ID)))
                .into(new ArrayList<>())
                .stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }

    /**
     * Leases hours, so that no other builder builds them meanwhile; if one does all the same, it only works for nothing. An
     * hour that was marked again since it was found to be due is left alone: other marks of it may have been left out.
     *
     * @param over they were marked last before this instant of MongoDB's clock
     * @param now by MongoDB's clock
     * @return those that were to be had, as they are after that
     */
    public List<BucketHead> lease(List<Bucket> hours, String lease, Instant over, Instant now, Duration length) {
        Bson wanted = Filters.and(Filters.in(ID, ids(hours)), Filters.lt(DIRTY_SINCE, Date.from(over)));
        heads.updateMany(
                Filters.and(
                        wanted, Filters.or(Filters.exists(LEASE_ENDS, false), Filters.lt(LEASE_ENDS, Date.from(now)))),
                Updates.combine(Updates.set(LEASE, lease), Updates.set(LEASE_ENDS, Date.from(now.plus(length)))));
        return read(Filters.and(wanted, Filters.eq(LEASE, lease)));
    }

    /**
     * Gives leased hours their content, and takes the mark away: each only where it was not marked again.
     *
     * @param lease under which they were leased
     * @return the hours whose build this is now
     */
    public Set<Bucket> commit(List<Built> built, String lease) {
        List<WriteModel<Document>> updates = new ArrayList<>(built.size());
        for (Built hour : built) {
            Bson same = Filters.and(
                    Filters.eq(ID, hour.head().bucket().id()),
                    Filters.eq(VERSION, hour.head().version()),
                    Filters.eq(LEASE, lease));
            updates.add(new UpdateOneModel<>(
                    same,
                    Updates.combine(
                            content(hour),
                            Updates.unset(DIRTY_SINCE),
                            Updates.unset(LEASE),
                            Updates.unset(LEASE_ENDS))));
        }
        heads.bulkWrite(updates, new BulkWriteOptions().ordered(false));
        return heads.find(Filters.and(
                        Filters.in(
                                ID,
                                ids(built.stream()
                                        .map(hour -> hour.head().bucket())
                                        .toList())),
                        Filters.in(BUILD, built.stream().map(Built::build).collect(Collectors.toSet()))))
                .projection(new Document(ID, 1))
                .map(document -> Bucket.parse(document.getString(ID)))
                .into(new HashSet<>());
    }

    /** Gives a day its content, if it still has the build that was seen before. */
    public boolean commitDay(Built day, List<String> hours) {
        Bson same = Filters.eq(ID, day.head().bucket().id());
        Bson content = Updates.combine(content(day), Updates.set(HOURS, hours));
        try {
            if (day.head().build() == null) {
                return heads.updateOne(
                                        Filters.and(same, Filters.exists(BUILD, false)),
                                        content,
                                        new UpdateOptions().upsert(true))
                                .getUpsertedId()
                        != null;
            }
            return heads.updateOne(
                                    Filters.and(
                                            same, Filters.eq(BUILD, day.head().build())),
                                    content)
                            .getMatchedCount()
                    == 1;
        } catch (MongoException e) {
            if (e.getCode() == DUPLICATE_KEY) {
                return false; // somebody made it first
            }
            throw e;
        }
    }

    /** Deletes the head of a day: it is built again. */
    public void drop(Bucket day) {
        heads.deleteOne(Filters.eq(ID, day.id()));
    }

    private static Bson content(Built built) {
        List<Document> figures = built.figures().stream()
                .map(figure -> new Document("type", figure.eventType())
                        .append("views", figure.views())
                        .append("users", figure.users())
                        .append("quarters", figure.quarters()))
                .toList();
        return Updates.combine(
                Updates.set(BUILD, built.build()),
                Updates.currentDate(BUILT_AT),
                Updates.set(PARTS, built.parts().stream().map(Part::word).toList()),
                Updates.set(TOO_LARGE, built.tooLarge()),
                Updates.set(FIGURES, figures));
    }

    /** The heads of a site from the bucket of one instant up to, and without, that of another, in order. */
    public List<BucketHead> between(String siteId, Bucket.Unit unit, Instant from, Instant to) {
        String first = new Bucket(siteId, unit, unit.floor(from)).id();
        Instant floor = unit.floor(to);
        String end = new Bucket(siteId, unit, floor.isBefore(to) ? floor.plus(unit.length()) : floor).id();
        List<BucketHead> found = read(Filters.and(Filters.gte(ID, first), Filters.lt(ID, end)));
        found.sort((a, b) -> a.bucket().start().compareTo(b.bucket().start()));
        return found;
    }

    /** The head of a bucket. */
    public @Nullable BucketHead find(Bucket bucket) {
        List<BucketHead> found = read(Filters.eq(ID, bucket.id()));
        return found.isEmpty() ? null : found.get(0);
    }

    private List<BucketHead> read(Bson filter) {
        return heads.find(filter).map(BucketHeads::head).into(new ArrayList<>());
    }

    private static BucketHead head(Document document) {
        List<TypeFigures> figures = document.getList(FIGURES, Document.class, List.of()).stream()
                .map(figure -> new TypeFigures(
                        figure.getString("type"),
                        figure.get("views", Number.class).longValue(),
                        figure.get("users", Number.class).longValue(),
                        figure.getList("quarters", Long.class)))
                .toList();
        Set<Part> parts = EnumSet.noneOf(Part.class);
        document.getList(PARTS, String.class, List.of()).forEach(word -> parts.add(Part.of(word)));
        return new BucketHead(
                Bucket.parse(document.getString(ID)),
                document.get(VERSION, ""),
                document.containsKey(DIRTY_SINCE),
                document.getString(BUILD),
                parts,
                document.getBoolean(TOO_LARGE, false),
                figures,
                document.getList(HOURS, String.class, List.of()));
    }

    private static List<String> ids(Collection<Bucket> buckets) {
        return buckets.stream().map(Bucket::id).toList();
    }
}
