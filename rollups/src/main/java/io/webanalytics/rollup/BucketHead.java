package io.webanalytics.rollup;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bucket as it stands in MongoDB, without its parts.
 *
 * @param bucket which one
 * @param version of an hour: renewed by every mark
 * @param dirty of an hour: whether events came since it was built, or it never was
 * @param build names the parts that belong to this head; null where it was never built
 * @param parts which parts there are
 * @param tooLarge whether it cannot be stored: it has no content
 * @param figures the figures of each type, in the order of the parts
 * @param hours of a day: the builds of the hours that it was built from, from the first of the day on
 */
public record BucketHead(
        Bucket bucket,
        String version,
        boolean dirty,
        @Nullable String build,
        Set<Part> parts,
        boolean tooLarge,
        List<TypeFigures> figures,
        List<String> hours) {

    /** Whether its content may be used; that of a day, only if it {@link #isBuiltFrom} its hours as they are. */
    public boolean isUsable() {
        return !dirty && build != null && !tooLarge;
    }

    /**
     * Whether a day has the content of its hours, as far as it goes: each must be there, clean, and of the build that the
     * day was built from.
     *
     * @param heads the hours of the day that have heads, in order
     */
    public boolean isBuiltFrom(List<BucketHead> heads) {
        if (hours.isEmpty() || heads.size() < hours.size()) {
            return false;
        }
        for (int i = 0; i < hours.size(); i++) {
            BucketHead hour = heads.get(i);
            boolean inPlace = hour.bucket()
                    .start()
                    .equals(bucket.start().plus(Bucket.Unit.HOUR.length().multipliedBy(i)));
            if (!inPlace || !hour.isUsable() || !hours.get(i).equals(hour.build())) {
                return false;
            }
        }
        return true;
    }

    /** The first instant that it says nothing of: of a day that still runs, the end of the last hour in it. */
    public Instant through() {
        return bucket.unit() == Bucket.Unit.HOUR
                ? bucket.end()
                : bucket.start().plus(Bucket.Unit.HOUR.length().multipliedBy(hours.size()));
    }
}
