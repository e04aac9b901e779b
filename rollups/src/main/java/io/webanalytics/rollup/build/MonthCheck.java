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
 * Sees to what nothing else does, in a month of a site: hours that have events and no bucket, because the events are older than
 * the rollups or somebody dropped them; buckets of an earlier form; parts that are missing, or that no bucket names; days that
 * were left behind when a builder died. It reads heads and names, and no content, where all is well.
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
     * Checks it.
     *
     * @param from the first instant of a day
     * @param to the first instant after the last day
     * @param over hours count that ended before this instant of MongoDB's clock
     * @throws IllegalArgumentException if days cannot be built: all others are
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

    /** Hours that have events and no head, and of which no day says that they are empty. */
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

    /** Days that could be built from their hours and are not, where none of these waits to be built itself. */
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
