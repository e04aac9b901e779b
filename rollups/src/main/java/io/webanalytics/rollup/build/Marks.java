package io.webanalytics.rollup.build;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.MongoException;
import io.webanalytics.rollup.Bounds;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.DirtyHours;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Marks the hours of stored events. No builder takes an hour before it is over and its latest mark is some time old. While that
 * keeps every builder away, another mark adds nothing and is skipped: the events were stored before the hour can be built, so
 * the builder will read them. Safe for use by many threads.
 */
public final class Marks {

    /** Shorter than any builder's quiet time, because clocks run at different speeds. */
    private static final Duration MARGIN = RollupBuilder.SHORTEST_QUIET.dividedBy(2);

    private final DirtyHours dirty;
    private final ServerClock clock;
    private final Duration margin;

    /** The latest mark of each hour. Hours that are asked for often stay, however many others come once. */
    private final Cache<Bucket, Instant> marked;

    public Marks(DirtyHours dirty, ServerClock clock) {
        this(dirty, clock, MARGIN);
    }

    /** @param margin the time after the end of an hour and its latest mark in which certainly no builder takes it */
    public Marks(DirtyHours dirty, ServerClock clock, Duration margin) {
        this(dirty, clock, margin, Bounds.REMEMBERED_MARKS);
    }

    /** @param remembered most hours whose latest mark is remembered */
    Marks(DirtyHours dirty, ServerClock clock, Duration margin, int remembered) {
        this.dirty = dirty;
        this.clock = clock;
        this.margin = margin;
        marked = Caffeine.newBuilder()
                .maximumSize(remembered)
                .executor(Runnable::run) // evicts in the calling thread, so the bound holds at once
                .build();
    }

    /** Returns the number of hours whose latest mark it remembers. */
    long remembered() {
        return marked.estimatedSize();
    }

    /**
     * Marks hours. It must be called after the events are stored, and before they are settled.
     *
     * @throws MongoException if it is not certain that all these hours are marked
     */
    public void mark(Collection<Bucket> hours) {
        Instant latest = clock.latest();
        List<Bucket> unprotected =
                hours.stream().filter(hour -> !isProtected(hour, latest)).toList();
        Instant sent = clock.earliest();
        Map<Boolean, List<Bucket>> known =
                unprotected.stream().collect(Collectors.partitioningBy(marked.asMap()::containsKey));
        dirty.mark(known.get(false));
        dirty.markAgain(known.get(true));
        if (sent != null) {
            unprotected.forEach(hour -> marked.put(hour, sent));
        }
    }

    private boolean isProtected(Bucket hour, @Nullable Instant latest) {
        Instant sent = marked.getIfPresent(hour);
        if (sent == null || latest == null) {
            return false;
        }
        Instant quietSince = sent.isAfter(hour.end()) ? sent : hour.end();
        return latest.isBefore(quietSince.plus(margin));
    }
}
