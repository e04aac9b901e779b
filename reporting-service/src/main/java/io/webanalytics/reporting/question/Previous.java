package io.webanalytics.reporting.question;

import io.webanalytics.store.Interval;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time before, to compare with.
 *
 * @param first its first day
 * @param last the last day that is compared
 * @param interval the time itself
 * @param through where it is cut off, because the time that it is compared with has not passed yet; null where it is whole
 */
public record Previous(
        LocalDate first,
        LocalDate last,
        Interval interval,
        @Nullable ZonedDateTime through) {

    /** All of it. */
    static Previous whole(Days before) {
        return new Previous(before.first(), before.last(), before.interval(), null);
    }

    /**
     * As much of it as has passed of the days that it is compared with: as many days, and of the day that runs up to the same time
     * of day. A time before that is shorter than that is whole.
     *
     * @param now in the zone of the days
     */
    static Previous sameShare(Days days, Days before, ZonedDateTime now) {
        Interval present = days.interval();
        boolean runs =
                now.toInstant().isAfter(present.from()) && now.toInstant().isBefore(present.to());
        if (!runs) {
            return whole(before);
        }
        long passed = ChronoUnit.DAYS.between(days.first(), now.toLocalDate());
        ZonedDateTime through = before.first()
                .plusDays(passed)
                .atTime(now.toLocalTime().truncatedTo(ChronoUnit.MILLIS))
                .atZone(now.getZone());
        Interval whole = before.interval();
        return through.toInstant().isBefore(whole.to())
                ? new Previous(
                        before.first(), through.toLocalDate(), new Interval(whole.from(), through.toInstant()), through)
                : whole(before);
    }

    /** Whether all of it lies in one day. */
    public boolean isOneDay() {
        return first.equals(last);
    }
}
