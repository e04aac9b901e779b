package io.webanalytics.rollup;

import io.webanalytics.store.Dimension;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bucket as it stands in MongoDB, without its parts.
 *
 * @param bucket which one
 * @param version of an hour: renewed by every mark
 * @param dirty of an hour: whether events came since it was built, or it never was
 * @param build names the parts that belong to this head; null where it was never built
 * @param format the form of its content: this release reads {@link #FORMAT} and nothing of any other
 * @param parts which parts there are, and how many bytes each has, 0 where nobody has noted that
 * @param folded which of them tell less than there was, because that was too much: see {@link BucketContent}
 * @param figures the figures of each type, in the order of the parts
 * @param hours of a day: the builds of the hours that it was built from, from the first of the day on; {@link #EMPTY} for one
 *     that has no events and no head
 */
public record BucketHead(
        Bucket bucket,
        String version,
        boolean dirty,
        @Nullable String build,
        int format,
        Map<Part, Integer> parts,
        Set<Part> folded,
        List<TypeFigures> figures,
        List<String> hours) {

    /**
     * The form of content that this release writes. A reader leaves out fields and parts that it does not know, so only what it
     * would misread is another form.
     */
    public static final int FORMAT = 1;

    /** By what all figures and parts of a bucket tell events apart. A filter by anything else needs the events. */
    public static final Set<Dimension> TOLD = Set.of(Dimension.EVENT_TYPE);

    /** Stands for the build of an hour without events. */
    public static final String EMPTY = "";

    /** One that does not exist yet. */
    public static BucketHead none(Bucket bucket) {
        return new BucketHead(bucket, "", false, null, FORMAT, Map.of(), Set.of(), List.of(), List.of());
    }

    /** Whether its content may be used; that of a day, only if it {@link #isBuiltFrom} its hours as they are. */
    public boolean isUsable() {
        return !dirty && build != null && format == FORMAT;
    }

    /**
     * Whether a day has the content of its hours, as far as it goes: each must be clean and of the build that the day was
     * built from, or have no head still.
     *
     * @param heads the hours of the day that have heads
     */
    public boolean isBuiltFrom(List<BucketHead> heads) {
        Map<Instant, BucketHead> found = new HashMap<>();
        heads.forEach(head -> found.put(head.bucket().start(), head));
        Instant start = bucket.start();
        for (String built : hours) {
            BucketHead hour = found.get(start);
            boolean same = hour == null ? built.equals(EMPTY) : hour.isUsable() && built.equals(hour.build());
            if (!same) {
                return false;
            }
            start = start.plus(Bucket.Unit.HOUR.length());
        }
        return !hours.isEmpty();
    }

    /** Of a day: whether it was built when an hour had no events and no head. Whoever has stored one since then has marked it. */
    public boolean saysEmpty(Bucket hour) {
        return saysEmpty(hours, hour);
    }

    /** @param hours of the day that the hour lies in: see {@link BucketHead#hours} */
    public static boolean saysEmpty(List<String> hours, Bucket hour) {
        int place = hour.hourOfDay();
        return place < hours.size() && hours.get(place).equals(EMPTY);
    }

    /** The first instant that it says nothing of: of a day that still runs, the end of the last hour in it. */
    public Instant through() {
        return bucket.unit() == Bucket.Unit.HOUR
                ? bucket.end()
                : bucket.start().plus(Bucket.Unit.HOUR.length().multipliedBy(hours.size()));
    }
}
