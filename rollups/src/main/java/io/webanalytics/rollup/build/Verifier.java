package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketContent;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.store.StoredEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Recounts the events of buckets and compares the results. */
public final class Verifier {

    /** Attempts before a difference counts: meanwhile a worker marks an event that is only stored, or inserts it again. */
    private static final int MOST_ATTEMPTS = 5;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final BucketHeads heads;
    private final BucketParts parts;
    private final EventReader events;
    private final Duration pause;

    public Verifier(MongoDatabase database) {
        this(database, PAUSE);
    }

    /** @param pause between two attempts */
    Verifier(MongoDatabase database, Duration pause) {
        this.heads = new BucketHeads(database);
        this.parts = new BucketParts(database);
        this.events = new EventReader(new StoredEvents(database));
        this.pause = pause;
    }

    /**
     * A figure that differs between a bucket and its events.
     *
     * @param bucket its {@link Bucket#id}
     * @param figure such as {@code page_view views}, {@code page_view path /pricing}
     * @param rollup the figure of the bucket
     * @param raw the figure of the events
     */
    public record Difference(String bucket, String figure, long rollup, long raw) {}

    /** Receives each finding when it is made. */
    public interface Listener {

        /** A bucket was compared. */
        void checked();

        /** A bucket is not usable now: reports read its events, or its hours. */
        void skipped();

        /** A figure differs, which means that something is wrong. There may be one difference for each figure. */
        void differs(Difference difference);
    }

    /**
     * Compares the buckets of a day: those of its hours, and its own. It takes as long as reading the events does, and some
     * seconds for each bucket that differs.
     *
     * @param stop called now and then: whether to skip the rest; it is called at once if the thread is interrupted
     * @throws MongoException if MongoDB fails, or the thread is interrupted
     */
    public void verify(Bucket day, Listener listener, BooleanSupplier stop) {
        List<Bucket> buckets = new ArrayList<>();
        heads.outlines(day.siteId(), Unit.HOUR, day.start(), day.end(), hour -> buckets.add(hour.bucket()));
        if (heads.find(day) != null) {
            buckets.add(day);
        }
        for (Bucket bucket : buckets) {
            if (stop.getAsBoolean()) {
                return;
            }
            compare(bucket, listener, stop);
        }
    }

    private void compare(Bucket bucket, Listener listener, BooleanSupplier stop) {
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == MOST_ATTEMPTS;
            BucketHead head = usable(bucket);
            if (head == null) {
                listener.skipped();
                return;
            }
            try {
                BucketContent stored = parts.content(head);
                BucketContent raw = recount(head, stop);
                if (stop.getAsBoolean()) {
                    return;
                }
                AtomicBoolean differ = new AtomicBoolean();
                new Differences(head, last ? listener::differs : difference -> differ.set(true)).find(stored, raw);
                if (last || !differ.get()) {
                    listener.checked();
                    return;
                }
            } catch (BucketParts.GoneException e) {
                if (last) {
                    listener.skipped(); // it is rebuilt all the time
                    return;
                }
            } catch (BucketParts.BrokenException e) {
                listener.skipped();
                return;
            }
            LockSupport.parkNanos(pause.toNanos());
        }
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

    private BucketContent recount(BucketHead head, BooleanSupplier stop) {
        List<Bucket> hours = head.bucket().unit() == Unit.HOUR
                ? List.of(head.bucket())
                : head.bucket().hours().limit(head.hours().size()).toList();
        BucketContent content = new BucketContent();
        events.read(hours, (hour, counted) -> content.addAll(counted), stop, stop);
        return content;
    }
}
