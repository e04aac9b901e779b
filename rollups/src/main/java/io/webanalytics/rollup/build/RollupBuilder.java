package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.PartCache;
import io.webanalytics.store.StoredEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Builds the hours that wait, and their days. Any number of builders may run at the same time. */
public final class RollupBuilder {

    /** The shortest quiet time that a builder of a running system may have, see {@link Marks}. */
    public static final Duration SHORTEST_QUIET = Duration.ofSeconds(1);

    /** Most hours of a round. Listing them takes a thousandth of the round, and other hours do not wait long for their turn. */
    private static final int MOST_DUE = 1_000;

    /** Hours whose events are read with one query. A query with more index ranges is slower. */
    private static final int SLICE = 64;

    /** The longest time of a round. The next one includes hours whose turn has come meanwhile. */
    private static final long LONGEST_ROUND_NANOS = Duration.ofSeconds(5).toNanos();

    /** Cache for the parts of hours that were just built: their days are built from them next. */
    private static final long MOST_CACHED_BYTES = 16 << 20;

    private final DirtyHours dirty;
    private final ServerClock clock;
    private final Duration quiet;
    private final HourBuilder hours;
    private final DayBuilder days;

    /** @param quiet how long an hour is left alone after its end and its latest mark */
    public RollupBuilder(MongoDatabase database, DirtyHours dirty, ServerClock clock, Duration quiet) {
        BucketParts parts = new BucketParts(database, new PartCache(MOST_CACHED_BYTES));
        BucketHeads heads = new BucketHeads(database);
        EventReader events = new EventReader(new StoredEvents(database));
        this.dirty = dirty;
        this.clock = clock;
        this.quiet = quiet;
        this.hours = new HourBuilder(dirty, heads, parts, events, clock);
        this.days = new DayBuilder(dirty, heads, parts, events);
    }

    /**
     * The result of a round.
     *
     * @param hours how many hours were built
     * @param folded how many of them lost detail, see {@link io.webanalytics.rollup.BucketContent}
     * @param days how many days were built
     * @param failed the hours and days that cannot be built, and the causes
     */
    public record Progress(int hours, int folded, int days, Map<Bucket, RuntimeException> failed) {}

    /**
     * The hours that wait and may be built.
     *
     * @param hours their number
     * @param longest how long the first of them has waited
     */
    public record Waiting(long hours, Duration longest) {}

    /** @throws MongoException if MongoDB fails */
    public Waiting waiting() {
        Instant now = clock.now();
        DirtyHours.Backlog waiting = dirty.waiting(now.minus(quiet));
        Instant since = waiting.since();
        return new Waiting(waiting.hours(), since == null ? Duration.ZERO : Duration.between(since, now));
    }

    /**
     * Builds hours whose turn it is, and their days.
     *
     * @param stop called now and then: whether to end early
     * @throws MongoException if MongoDB fails; what was built until then stays
     */
    public Progress buildSome(BooleanSupplier stop) {
        Instant now = clock.now();
        Instant over = now.minus(quiet);
        long began = System.nanoTime();
        List<Bucket> due = dirty.due(over, now, MOST_DUE);
        Set<Bucket> built = new HashSet<>();
        Map<Bucket, RuntimeException> failed = new HashMap<>();
        int folded = 0;
        for (int from = 0; from < due.size(); from += SLICE) {
            if (stop.getAsBoolean() || System.nanoTime() - began > LONGEST_ROUND_NANOS) {
                break;
            }
            List<Bucket> slice = due.subList(from, Math.min(from + SLICE, due.size()));
            HourBuilder.Outcome outcome = hours.build(slice, over, stop);
            built.addAll(outcome.built());
            failed.putAll(outcome.failed());
            folded += outcome.folded();
        }
        Set<Bucket> affected = built.stream().map(Bucket::day).collect(Collectors.toSet());
        int builtDays = stop.getAsBoolean() ? 0 : days.build(affected, over, failed::put);
        return new Progress(built.size(), folded, builtDays, failed);
    }
}
