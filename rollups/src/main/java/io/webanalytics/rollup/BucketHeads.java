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
 *   <li>Once events are stored, and before they are settled, their hours are marked: dirty, under a version that never was.
 *   <li>A builder leases hours that are over and quiet, with their versions, and only then reads the events.
 *   <li>It writes the parts, and then the head, in one update that takes the mark away if the version is still the same. An
 *       event that was stored after the builder read is marked after that, or before the update, which then does nothing.
 *   <li>A day is built from the builds of its hours, and names them: it may be used while its hours have these builds.
 * </ol>
 *
 * <p>An hour without a head counts as dirty, unless its day says that it is empty. {@link DirtyHours} are those that wait.
 */
public final class BucketHeads {

    private static final int DUPLICATE_KEY = 11_000;

    private final Supplier<MongoDatabase> database;

    public BucketHeads(MongoDatabase database) {
        this(() -> database);
    }

    /** @param database is asked for anew before each operation: it may have less time each time */
    public BucketHeads(Supplier<MongoDatabase> database) {
        this.database = database;
    }

    private MongoCollection<Document> heads() {
        return database.get().getCollection(CollectionNames.ROLLUPS).withReadPreference(ReadPreference.primary());
    }

    /**
     * Gives buckets their content, each only where it is still as it was: an hour that was not marked again, and that nobody
     * else has built; a day that has the build it had.
     *
     * @return those whose build this is now
     * @throws MongoException if that is not acknowledged as the write concern asks
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
                            .anyMatch(code -> code != DUPLICATE_KEY)) {
                throw e;
            }
            return false; // somebody made the head of a day first
        }
    }

    /**
     * Has days no longer say that hours are empty that have a head now: they were marked while the days were built.
     *
     * @param empty hours of which days say so
     */
    public void denyEmpty(Collection<Bucket> empty) {
        List<WriteModel<Document>> denials = find(empty).stream()
                .<WriteModel<Document>>map(hour -> HeadDocument.denyEmpty(hour.bucket()))
                .toList();
        if (!denials.isEmpty()) {
            heads().bulkWrite(denials, new BulkWriteOptions().ordered(false));
        }
    }

    /** Deletes the heads of days: they are built again. */
    public void drop(Collection<Bucket> days) {
        if (!days.isEmpty()) {
            heads().deleteMany(in(days));
        }
    }

    /** The heads of a site from the bucket of one instant up to, and without, that of another, in order. */
    public List<BucketHead> between(String siteId, Bucket.Unit unit, Instant from, Instant to) {
        List<BucketHead> found = new ArrayList<>();
        between(siteId, unit, from, to, found::add);
        return found;
    }

    /** The same, one by one. */
    public void between(String siteId, Bucket.Unit unit, Instant from, Instant to, Consumer<BucketHead> reader) {
        find(siteId, unit, from, to).forEach(document -> reader.accept(HeadDocument.read(document)));
    }

    /** The same without their figures: enough to judge them, and far less. */
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

    /** The heads of these buckets, of those that have one. */
    public List<BucketHead> find(Collection<Bucket> buckets) {
        return buckets.isEmpty()
                ? List.of()
                : heads().find(in(buckets)).map(HeadDocument::read).into(new ArrayList<>());
    }

    /** The head of a bucket. */
    public @Nullable BucketHead find(Bucket bucket) {
        List<BucketHead> found = find(List.of(bucket));
        return found.isEmpty() ? null : found.get(0);
    }

    private static Bson in(Collection<Bucket> buckets) {
        return Filters.in(ID, buckets.stream().map(Bucket::id).toList());
    }
}
