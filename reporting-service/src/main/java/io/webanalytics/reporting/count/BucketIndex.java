package io.webanalytics.reporting.count;

import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The usable buckets of a site in an interval, as they are when it is made. */
final class BucketIndex {

    private final Map<Instant, BucketHead> hours = new HashMap<>();
    private final Map<Instant, BucketHead> days = new HashMap<>();

    /** Nothing but events. */
    BucketIndex() {}

    /**
     * Reads it.
     *
     * @param unusable buckets that are not to be used all the same
     */
    BucketIndex(BucketHeads heads, String siteId, Interval interval, Set<Bucket> unusable) {
        Instant from = Unit.DAY.floor(interval.from()); // a day can be judged with all of its hours only
        Instant to = Unit.DAY.floor(interval.to()).plus(Unit.DAY.length());
        Map<Instant, List<BucketHead>> hoursOfDay = new HashMap<>();
        for (BucketHead hour : heads.between(siteId, Unit.HOUR, from, to)) {
            Bucket bucket = hour.bucket();
            hoursOfDay
                    .computeIfAbsent(bucket.day().start(), day -> new ArrayList<>())
                    .add(hour);
            if (hour.isUsable() && !unusable.contains(bucket)) {
                hours.put(bucket.start(), hour);
            }
        }
        for (BucketHead day : heads.between(siteId, Unit.DAY, from, to)) {
            Bucket bucket = day.bucket();
            if (day.isUsable()
                    && !unusable.contains(bucket)
                    && day.isBuiltFrom(hoursOfDay.getOrDefault(bucket.start(), List.of()))) {
                days.put(bucket.start(), day);
            }
        }
    }

    /**
     * What an interval is counted from.
     *
     * @param buckets whole buckets
     * @param raw what they leave: its events are read
     */
    record Coverage(List<BucketHead> buckets, List<Interval> raw) {}

    /** @param fits whether a bucket may be used */
    Coverage cover(Interval interval, Predicate<BucketHead> fits) {
        List<BucketHead> buckets = new ArrayList<>();
        List<Interval> raw = new ArrayList<>();
        Instant at = interval.from();
        while (at.isBefore(interval.to())) {
            BucketHead bucket = at(at, interval.to(), fits);
            Instant next;
            if (bucket != null) {
                buckets.add(bucket);
                next = bucket.through();
            } else {
                next = Unit.HOUR.floor(at).plus(Unit.HOUR.length());
                next = next.isAfter(interval.to()) ? interval.to() : next;
                Interval.append(raw, new Interval(at, next));
            }
            at = next;
        }
        return new Coverage(buckets, raw);
    }

    /** The longest bucket that begins at an instant, ends in time, and fits. */
    private @Nullable BucketHead at(Instant start, Instant latest, Predicate<BucketHead> fits) {
        return Stream.of(days, hours)
                .map(buckets -> buckets.get(start))
                .filter(head -> head != null && !head.through().isAfter(latest) && fits.test(head))
                .findFirst()
                .orElse(null);
    }
}
