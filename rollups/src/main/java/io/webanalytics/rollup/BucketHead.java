package io.webanalytics.rollup;

import io.webanalytics.store.Dimension;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of a bucket: its document in MongoDB, without the parts.
 *
 * @param bucket the bucket
 * @param version of an hour: random, and replaced by every mark
 * @param dirty of an hour: whether it was marked since its last build, or was never built
 * @param build the build that the parts of this head belong to; null if it was never built
 * @param format the format of the content: this release reads {@link #FORMAT} only
 * @param parts the parts that exist, and the size of each in bytes, 0 if it was not recorded
 * @param folded the parts that lost detail because they exceeded their bounds: see {@link BucketContent}
 * @param figures the figures of each type, in the order of the blocks in the parts
 * @param hours of a day: the builds of the hours that it was built from, in order from the first; {@link #EMPTY} for an hour
 *     without events and head
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
     * The format that this release writes. A reader ignores unknown fields and parts. A part that counts another dimension needs
     * another number: buckets without it would look as if no event had a value.
     */
    public static final int FORMAT = 1;

    /** Dimensions that all figures and parts of a bucket are grouped by. Filters on any other dimension need the events. */
    public static final Set<Dimension> TOLD = Set.of(Dimension.EVENT_TYPE);

    /** Stands for the build of an hour without events. */
    public static final String EMPTY = "";

    /** Returns the head of a bucket that does not exist yet. */
    public static BucketHead none(Bucket bucket) {
        return new BucketHead(bucket, "", false, null, FORMAT, Map.of(), Set.of(), List.of(), List.of());
    }

    /** Whether its content may be used. A day must also be {@link #isBuiltFrom built from} its hours as they are. */
    public boolean isUsable() {
        return !dirty && build != null && format == FORMAT;
    }

    /**
     * Whether a day is up to date with its hours, as far as it goes. Each of them must be usable and of the build that the day
     * was built from, or must still have no head.
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

    /** Whether a day records an hour as empty: it had no events and no head then. A worker that stores some later marks it. */
    public boolean saysEmpty(Bucket hour) {
        return saysEmpty(hours, hour);
    }

    /** @param hours the {@link BucketHead#hours} of the day that contains the hour */
    public static boolean saysEmpty(List<String> hours, Bucket hour) {
        int place = hour.hourOfDay();
        return place < hours.size() && hours.get(place).equals(EMPTY);
    }

    /** Returns the first instant after its content: of the current day, the end of the last hour that it contains. */
    public Instant through() {
        return bucket.unit() == Bucket.Unit.HOUR
                ? bucket.end()
                : bucket.start().plus(Bucket.Unit.HOUR.length().multipliedBy(hours.size()));
    }
}
