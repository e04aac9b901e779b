package io.webanalytics.rollup.build;

import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.DirtyHours;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Repairs what nothing else does, in a month of a site: hours with events but no bucket, because the events are older than the
 * rollups or the bucket was deleted; buckets of an earlier format; parts that are missing, or that no head names; days that
 * were not built because a builder died. If all is well, it reads heads and ids of parts, and no content.
 */
final class MonthCheck {

    private final DirtyHours dirty;
    private final BucketHeads heads;
    private final BucketParts parts;
    private final EventReader events;
    private final DayBuilder builder;

    MonthCheck(DirtyHours dirty, BucketHeads heads, BucketParts parts, EventReader events, DayBuilder builder) {
        this.dirty = dirty;
        this.heads = heads;
        this.parts = parts;
        this.events = events;
        this.builder = builder;
    }

    /**
     * Checks the month.
     *
     * @param from the first instant of a day
     * @param to the first instant after the last day
     * @param over only hours that ended before this instant of MongoDB's clock count
     * @throws IllegalArgumentException if a day cannot be built; all others are built
     */
    void check(String site, Instant from, Instant to, Instant over) {
        Map<Bucket, BucketHead> hours = outlines(site, Unit.HOUR, from, to);
        Map<Bucket, BucketHead> days = outlines(site, Unit.DAY, from, to);
        Set<Bucket> bad = parts.check(site, Unit.HOUR, from, to, hours.values());
        bad.addAll(parts.check(site, Unit.DAY, from, to, days.values()));
        Stream.concat(hours.values().stream(), days.values().stream())
                .filter(head -> head.format() < BucketHead.FORMAT)
                .forEach(head -> bad.add(head.bucket()));
        heads.drop(bad.stream().filter(days::containsKey).toList());
        List<Bucket> again =
                new ArrayList<>(bad.stream().filter(hours::containsKey).toList());
        again.addAll(forgotten(site, from, to.isBefore(over) ? to : Unit.HOUR.floor(over), hours, days));
        dirty.mark(again);
        Map<Bucket, RuntimeException> failed = new TreeMap<>(Bucket.ORDER);
        builder.build(leftBehind(hours, days, bad, over), over, failed::put);
        failed.forEach((day, failure) -> {
            throw new IllegalArgumentException(day.id() + " cannot be built", failure);
        });
    }

    private Map<Bucket, BucketHead> outlines(String site, Unit unit, Instant from, Instant to) {
        Map<Bucket, BucketHead> found = new HashMap<>();
        heads.outlines(site, unit, from, to, head -> found.put(head.bucket(), head));
        return found;
    }

    /** Returns the hours with events but no head that no day records as empty. */
    private Set<Bucket> forgotten(
            String site, Instant from, Instant to, Map<Bucket, BucketHead> hours, Map<Bucket, BucketHead> days) {
        List<Bucket> unknown = new ArrayList<>();
        for (Bucket hour = Bucket.hour(site, from); hour.start().isBefore(to); hour = hour.next()) {
            BucketHead day = days.get(hour.day());
            if (!hours.containsKey(hour) && (day == null || !day.saysEmpty(hour))) {
                unknown.add(hour);
            }
        }
        return events.withEvents(unknown);
    }

    /** Returns the days that are out of date, although none of their hours waits to be built. */
    private static Set<Bucket> leftBehind(
            Map<Bucket, BucketHead> hours, Map<Bucket, BucketHead> days, Set<Bucket> bad, Instant over) {
        Map<Bucket, List<BucketHead>> byDay = new HashMap<>();
        hours.values()
                .forEach(hour -> byDay.computeIfAbsent(hour.bucket().day(), day -> new ArrayList<>())
                        .add(hour));
        Set<Bucket> left = new HashSet<>();
        byDay.forEach((day, all) -> {
            List<BucketHead> ended = all.stream()
                    .filter(hour -> hour.bucket().end().isBefore(over))
                    .toList();
            boolean waits = ended.stream().anyMatch(hour -> !hour.isUsable() || bad.contains(hour.bucket()));
            BucketHead head = bad.contains(day) ? null : days.get(day);
            if (!waits && !isBuilt(head, all, ended)) {
                left.add(day);
            }
        });
        return left;
    }

    private static boolean isBuilt(@Nullable BucketHead day, List<BucketHead> hours, Collection<BucketHead> ended) {
        return day != null
                && day.isUsable()
                && day.isBuiltFrom(hours)
                && ended.stream().allMatch(hour -> hour.bucket().start().isBefore(day.through()));
    }
}
