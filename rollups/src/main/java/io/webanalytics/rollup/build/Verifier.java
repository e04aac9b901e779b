package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketContent;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.DistinctUsers;
import io.webanalytics.rollup.Part;
import io.webanalytics.rollup.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Counts the events of buckets again, and compares. */
public final class Verifier {

    /** What is stored and not marked yet is no difference: a worker marks it within this time, or inserts it again. */
    private static final int MOST_ATTEMPTS = 5;

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final BucketHeads heads;
    private final BucketParts parts;
    private final EventReader events;

    public Verifier(MongoDatabase database) {
        this.heads = new BucketHeads(database);
        this.parts = new BucketParts(database);
        this.events = new EventReader(database);
    }

    /**
     * A figure that the bucket has otherwise than the events.
     *
     * @param bucket its {@link Bucket#id}
     * @param figure such as {@code page_view views}, {@code page_view path /pricing}
     * @param rollup what the bucket says
     * @param raw what the events say
     */
    public record Difference(String bucket, String figure, long rollup, long raw) {}

    /**
     * What came out.
     *
     * @param checked buckets that were compared
     * @param skipped buckets that are not in use now: their events are read, or those of their hours
     * @param differences every figure that differs; there is none unless something is wrong
     */
    public record Report(int checked, int skipped, List<Difference> differences) {}

    /**
     * Compares the buckets of a site from the day of one instant up to, and without, that of another.
     *
     * @throws MongoException if MongoDB fails
     */
    public Report verify(String siteId, Instant from, Instant to) {
        int checked = 0;
        int skipped = 0;
        List<Difference> differences = new ArrayList<>();
        List<BucketHead> all = new ArrayList<>(heads.between(siteId, Unit.HOUR, from, to));
        all.addAll(heads.between(siteId, Unit.DAY, from, to));
        for (BucketHead head : all) {
            List<Difference> found = compare(head.bucket());
            if (found == null) {
                skipped++;
            } else {
                checked++;
                differences.addAll(found);
            }
        }
        return new Report(checked, skipped, differences);
    }

    /** Null where the bucket is not in use, or changes all the time. */
    private @Nullable List<Difference> compare(Bucket bucket) {
        List<Difference> found = null;
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            BucketHead head = usable(bucket);
            if (head == null) {
                return null;
            }
            try {
                found = differences(head, parts.content(head), recount(head));
                if (found.isEmpty()) {
                    return found;
                }
            } catch (BucketParts.GoneException e) {
                found = null;
            }
            if (attempt < MOST_ATTEMPTS) {
                LockSupport.parkNanos(PAUSE);
            }
        }
        return found;
    }

    private @Nullable BucketHead usable(Bucket bucket) {
        BucketHead head = heads.find(bucket);
        if (head == null || !head.isUsable()) {
            return null;
        }
        if (bucket.unit() == Unit.DAY) {
            List<BucketHead> hours = heads.between(bucket.siteId(), Unit.HOUR, bucket.start(), bucket.end());
            return head.isBuiltFrom(hours) ? head : null;
        }
        return head;
    }

    private BucketContent recount(BucketHead head) {
        List<Bucket> hours = head.bucket().unit() == Unit.HOUR
                ? List.of(head.bucket())
                : head.bucket().hours().limit(head.hours().size()).toList();
        BucketContent content = new BucketContent();
        events.read(hours, (hour, counted) -> content.addAll(counted), () -> false, () -> false);
        return content;
    }

    /** Of what was folded only the sums are compared. */
    private static List<Difference> differences(BucketHead head, BucketContent stored, BucketContent raw) {
        String id = head.bucket().id();
        List<Difference> found = new ArrayList<>();
        Set<String> types = new TreeSet<>(stored.types().keySet());
        types.addAll(raw.types().keySet());
        for (String type : types) {
            Tally a = stored.types().getOrDefault(type, new Tally());
            Tally b = raw.types().getOrDefault(type, new Tally());
            add(found, id, type + " views", a.views(), b.views());
            if (!head.folded().contains(Part.USERS)) {
                compareUsers(found, id, type, a.users(), b.users());
            }
            compare(found, id, type + " path ", paths(head, a), paths(head, b));
            compare(found, id, type + " referrer ", referrers(head, a), referrers(head, b));
        }
        if (!head.folded().contains(Part.USERS)) {
            head.figures().forEach(figures -> {
                Tally tally = raw.types().getOrDefault(figures.eventType(), new Tally());
                String figure = figures.eventType() + " users in the head";
                add(found, id, figure, figures.users(), tally.users().count());
            });
        }
        return found;
    }

    private static void compareUsers(
            List<Difference> found, String id, String type, DistinctUsers stored, DistinctUsers raw) {
        add(found, id, type + " users", stored.count(), raw.count());
        if (!stored.hasSameUsersAs(raw)) {
            found.add(new Difference(id, type + " users that are not the same", stored.count(), raw.count()));
        }
    }

    private static Map<String, Long> paths(BucketHead head, Tally tally) {
        return head.folded().contains(Part.PATHS) ? sum(tally.paths()) : tally.paths();
    }

    private static Map<String, Long> referrers(BucketHead head, Tally tally) {
        return head.folded().contains(Part.REFERRERS) ? sum(tally.referrers()) : tally.referrers();
    }

    private static Map<String, Long> sum(Map<String, Long> views) {
        return Map.of(
                "(all)", views.values().stream().mapToLong(Long::longValue).sum());
    }

    private static void compare(
            List<Difference> found, String id, String figure, Map<String, Long> stored, Map<String, Long> raw) {
        Set<String> keys = new TreeSet<>(stored.keySet());
        keys.addAll(raw.keySet());
        keys.forEach(key -> add(found, id, figure + key, stored.getOrDefault(key, 0L), raw.getOrDefault(key, 0L)));
    }

    private static void add(List<Difference> found, String id, String figure, long rollup, long raw) {
        if (rollup != raw) {
            found.add(new Difference(id, figure, rollup, raw));
        }
    }
}
