package io.webanalytics.reporting.count;

import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.store.Interval;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The usable buckets of a site in an interval, as of the creation of the index. Of hours it holds the builds. Their heads are read a
 * month at a time, where days do not suffice.
 */
final class BucketIndex {

    /** Approximate memory of a head, and of the figures of a type in it. */
    private static final int HEAD_BYTES = 300;

    private static final int FIGURES_BYTES = 200;

    private final Map<Instant, BucketHead> days = new HashMap<>();
    private final Map<Instant, String> buildsOfHours = new HashMap<>();
    private final Set<Instant> emptyHours = new HashSet<>();
    private final Map<YearMonth, Map<Instant, BucketHead>> months = new HashMap<>();
    private final BiConsumer<YearMonth, Consumer<BucketHead>> readHours;
    private final Budget.Share share;
    private long bytes;
    private int ofOtherForms;

    /** Creates an empty index: everything is counted from events. */
    BucketIndex(Budget.Share share) {
        this.share = share;
        readHours = (month, to) -> {};
    }

    /**
     * Reads the usable buckets.
     *
     * @param unusable buckets to leave out even if they are clean
     * @param share accounts for the memory of the index
     */
    BucketIndex(BucketHeads heads, String siteId, Interval interval, Set<Bucket> unusable, Budget.Share share) {
        this.share = share;
        readHours =
                (month, reader) -> heads.between(siteId, Unit.HOUR, start(month), start(month.plusMonths(1)), reader);
        Instant from = Unit.DAY.floor(interval.from()); // whether a day is usable depends on all of its hours
        Instant to = Unit.DAY.floor(interval.to()).plus(Unit.DAY.length());
        Map<Instant, List<BucketHead>> hoursOfDay = new HashMap<>();
        heads.outlines(siteId, Unit.HOUR, from, to, hour -> {
            Bucket bucket = hour.bucket();
            note(hour);
            hoursOfDay
                    .computeIfAbsent(bucket.day().start(), day -> new ArrayList<>())
                    .add(hour);
            if (hour.isUsable() && !unusable.contains(bucket)) {
                buildsOfHours.put(bucket.start(), hour.build());
            }
        });
        heads.between(siteId, Unit.DAY, from, to, day -> {
            Bucket bucket = day.bucket();
            note(day);
            if (day.isUsable() && day.isBuiltFrom(hoursOfDay.getOrDefault(bucket.start(), List.of()))) {
                bucket.hours().filter(day::saysEmpty).forEach(hour -> emptyHours.add(hour.start()));
                if (!unusable.contains(bucket)) {
                    days.put(bucket.start(), day);
                }
            }
        });
    }

    private void note(BucketHead head) {
        bytes += HEAD_BYTES + (long) FIGURES_BYTES * head.figures().size();
        share.set(bytes);
        ofOtherForms += head.format() == BucketHead.FORMAT ? 0 : 1;
    }

    /** Returns how many buckets have content in a format that this release does not read. */
    int ofOtherForms() {
        return ofOtherForms;
    }

    /**
     * The sources of the figures of an interval.
     *
     * @param buckets whole buckets
     * @param raw the intervals in between, whose events are read
     */
    record Coverage(List<BucketHead> buckets, List<Interval> raw) {}

    /** @param fits whether a bucket has what is asked for */
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
                Instant hour = Unit.HOUR.floor(at);
                next = hour.plus(Unit.HOUR.length());
                next = next.isAfter(interval.to()) ? interval.to() : next;
                if (!emptyHours.contains(hour)) {
                    Interval.append(raw, new Interval(at, next));
                }
            }
            at = next;
        }
        return new Coverage(buckets, raw);
    }

    /** Returns the longest fitting bucket that begins at an instant and ends by the latest. */
    private @Nullable BucketHead at(Instant start, Instant latest, Predicate<BucketHead> fits) {
        return Stream.<Function<Instant, @Nullable BucketHead>>of(days::get, this::hour)
                .map(buckets -> buckets.apply(start))
                .filter(head -> head != null && !head.through().isAfter(latest) && fits.test(head))
                .findFirst()
                .orElse(null);
    }

    /** Returns the head of an hour; null if it was rebuilt since the index was created, so that all buckets are of one time. */
    private @Nullable BucketHead hour(Instant start) {
        String build = buildsOfHours.get(start);
        if (build == null) {
            return null;
        }
        BucketHead head = months.computeIfAbsent(YearMonth.from(start.atOffset(ZoneOffset.UTC)), this::hoursOf)
                .get(start);
        return head != null && head.isUsable() && build.equals(head.build()) ? head : null;
    }

    private Map<Instant, BucketHead> hoursOf(YearMonth month) {
        Map<Instant, BucketHead> hours = new HashMap<>();
        readHours.accept(month, hour -> {
            note(hour);
            hours.put(hour.bucket().start(), hour);
        });
        return hours;
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
