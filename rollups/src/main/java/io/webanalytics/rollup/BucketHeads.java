package io.webanalytics.rollup;

import static io.webanalytics.rollup.HeadDocument.BUILD;
import static io.webanalytics.rollup.HeadDocument.ID;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.webanalytics.store.CollectionNames;
import io.webanalytics.store.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The collection of the buckets' heads.
 *
 * <ol>
 *   <li>A worker stores events, marks their hours, and only then settles the batch. An hour is marked dirty with a new random
 *       version, which no earlier mark can have used.
 *   <li>A builder leases hours that are over and quiet, with their versions, and only then reads the events.
 *   <li>It writes the parts, and then updates the head if the version is still the same. That update also removes the mark. An
 *       event that was stored after the builder's read is marked before the update, whose version check then fails, or after
 *       it, and the hour is dirty again.
 *   <li>A day is built from the builds of its hours and records them. It may be used while its hours have these builds.
 * </ol>
 *
 * <p>An hour without a head counts as dirty, unless its day records it as empty. {@link DirtyHours} finds the hours that wait.
 */
public final class BucketHeads {

    private final Supplier<MongoDatabase> database;

    public BucketHeads(MongoDatabase database) {
        this(() -> database);
    }

    /** @param database called before each operation, because the time limit may be shorter each time */
    public BucketHeads(Supplier<MongoDatabase> database) {
        this.database = database;
    }

    private MongoCollection<Document> heads() {
        return database.get().getCollection(CollectionNames.ROLLUPS).withReadPreference(ReadPreference.primary());
    }

    /**
     * Commits the content of buckets, each with a compare-and-set: an hour must have the same version and still be dirty, and a
     * day must have the same build.
     *
     * @return the buckets that have this build now
     * @throws MongoException if MongoDB does not acknowledge it with the write concern
     */
    public Set<Bucket> commit(Collection<Built> built) {
        Set<Bucket> all = built.stream().map(Built::bucket).collect(Collectors.toSet());
        List<WriteModel<Document>> updates =
                built.stream().<WriteModel<Document>>map(BucketHeads::update).toList();
        if (updates.isEmpty() || isWrittenWhole(updates)) {
            return all;
        }
        return heads().find(Filters.and(
                        in(all),
                        Filters.in(BUILD, built.stream().map(Built::build).toList())))
                .projection(Projections.include(ID))
                .map(document -> Bucket.parse(document.getString(ID)))
                .into(new HashSet<>());
    }

    private static UpdateOneModel<Document> update(Built built) {
        boolean isNewDay =
                built.bucket().unit() == Bucket.Unit.DAY && built.head().build() == null;
        return new UpdateOneModel<>(
                HeadDocument.unchanged(built.head()),
                Updates.combine(HeadDocument.content(built), HeadDocument.clean()),
                new UpdateOptions().upsert(isNewDay));
    }

    private boolean isWrittenWhole(List<WriteModel<Document>> updates) {
        try {
            var result = heads().bulkWrite(updates, new BulkWriteOptions().ordered(false));
            return result.getMatchedCount() + result.getUpserts().size() == updates.size();
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream()
                            .map(BulkWriteError::getCode)
                            .anyMatch(code -> code != Refusal.DUPLICATE_KEY)) {
                throw e;
            }
            return false; // another builder created the head of a day first
        }
    }

    /**
     * Removes the note that an hour is empty from its day, if the hour has a head now: it was marked while the day was built.
     *
     * @param empty the hours that days record as empty
     */
    public void denyEmpty(Collection<Bucket> empty) {
        List<WriteModel<Document>> denials = find(empty).stream()
                .<WriteModel<Document>>map(hour -> HeadDocument.denyEmpty(hour.bucket()))
                .toList();
        if (!denials.isEmpty()) {
            heads().bulkWrite(denials, new BulkWriteOptions().ordered(false));
        }
    }

    /** Deletes the heads of days, so that they are rebuilt. */
    public void drop(Collection<Bucket> days) {
        if (!days.isEmpty()) {
            heads().deleteMany(in(days));
        }
    }

    /** Returns the heads of a site that overlap the time from {@code from} to {@code to} (exclusive), in order. */
    public List<BucketHead> between(String siteId, Bucket.Unit unit, Instant from, Instant to) {
        List<BucketHead> found = new ArrayList<>();
        between(siteId, unit, from, to, found::add);
        return found;
    }

    /** Passes the same heads to a reader, one by one. */
    public void between(String siteId, Bucket.Unit unit, Instant from, Instant to, Consumer<BucketHead> reader) {
        find(siteId, unit, from, to).forEach(document -> reader.accept(HeadDocument.read(document)));
    }

    /** Passes the same heads without their figures: enough to check them, and far less data. */
    public void outlines(String siteId, Bucket.Unit unit, Instant from, Instant to, Consumer<BucketHead> reader) {
        find(siteId, unit, from, to)
                .projection(Projections.exclude(HeadDocument.FIGURES))
                .forEach(document -> reader.accept(HeadDocument.read(document)));
    }

    private FindIterable<Document> find(String siteId, Bucket.Unit unit, Instant from, Instant to) {
        String first = new Bucket(siteId, unit, unit.floor(from)).id();
        Instant floor = unit.floor(to);
        String end = new Bucket(siteId, unit, floor.isBefore(to) ? floor.plus(unit.length()) : floor).id();
        return heads().find(Filters.and(Filters.gte(ID, first), Filters.lt(ID, end)))
                .sort(Sorts.ascending(ID));
    }

    /** Returns the heads of these buckets. Buckets without a head are left out. */
    public List<BucketHead> find(Collection<Bucket> buckets) {
        return buckets.isEmpty()
                ? List.of()
                : heads().find(in(buckets)).map(HeadDocument::read).into(new ArrayList<>());
    }

    /** Returns the head of a bucket; null if it has none. */
    public @Nullable BucketHead find(Bucket bucket) {
        List<BucketHead> found = find(List.of(bucket));
        return found.isEmpty() ? null : found.get(0);
    }

    private static Bson in(Collection<Bucket> buckets) {
        return Filters.in(ID, buckets.stream().map(Bucket::id).toList());
    }
}
