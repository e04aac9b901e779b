package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.model.EventRules;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Walks through all days that have events, and sees to what nothing else does: hours that have no bucket, because the events
 * are older than the rollups or somebody dropped them; days that were left behind when a builder died; parts that are
 * missing, or that no bucket names.
 */
public final class Patrol {

    private final BucketHeads heads;
    private final BucketParts parts;
    private final EventReader events;
    private final DayBuilder days;
    private final ServerClock clock;
    private final Duration quiet;

    public Patrol(MongoDatabase database, ServerClock clock, Duration quiet) {
        this.heads = new BucketHeads(database);
        this.parts = new BucketParts(database);
        this.events = new EventReader(database);
        this.days = new DayBuilder(heads, parts);
        this.clock = clock;
        this.quiet = quiet;
    }

    /**
     * Sees to every site.
     *
     * @param stop asked before each day, and may pause: the walk is in no hurry
     * @throws MongoException if MongoDB fails
     */
    public void walk(BooleanSupplier stop) {
        Instant end = Unit.DAY.floor(clock.read()).plus(1, ChronoUnit.DAYS);
        for (String site : events.sites()) {
            walk(site, EventRules.EARLIEST, end, stop);
        }
    }

    /** Sees to the days of a site from the day of one instant up to, and without, that of another. */
    public void walk(String site, Instant from, Instant to, BooleanSupplier stop) {
        if (stop.getAsBoolean() || !from.isBefore(to) || !events.anyInside(site, from, to)) {
            return;
        }
        long length = ChronoUnit.DAYS.between(from, to);
        if (length <= 1) {
            see(Bucket.day(site, from));
            return;
        }
        Instant middle = from.plus(length / 2, ChronoUnit.DAYS);
        walk(site, from, middle, stop);
        walk(site, middle, to, stop);
    }

    private void see(Bucket day) {
        List<BucketHead> all = new ArrayList<>(heads.between(day.siteId(), Unit.HOUR, day.start(), day.end()));
        BucketHead head = heads.find(day);
        if (head != null) {
            all.add(head);
        }
        Set<Bucket> incomplete = parts.check(day, all);
        heads.mark(
                incomplete.stream().filter(bucket -> bucket.unit() == Unit.HOUR).toList());
        if (incomplete.contains(day)) {
            heads.drop(day);
        }
        try {
            days.build(day, clock.read().minus(quiet));
        } catch (BucketParts.GoneException e) {
            // Seen to on the next walk, if not before.
        }
    }
}
