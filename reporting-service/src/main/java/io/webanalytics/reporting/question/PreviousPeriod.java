package io.webanalytics.reporting.question;

import io.webanalytics.store.Interval;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The previous period, as far as it is compared.
 *
 * @param first its first day
 * @param last the last day that is compared
 * @param interval the interval that is compared
 * @param through where it is cut off, because the requested period has not ended; null where it is whole
 */
public record PreviousPeriod(
        LocalDate first,
        LocalDate last,
        Interval interval,
        @Nullable ZonedDateTime through) {

    /** Returns all of it. */
    static PreviousPeriod whole(Days before) {
        return new PreviousPeriod(before.first(), before.last(), before.interval(), null);
    }

    /**
     * Returns as much of the previous period as has passed of the requested days: as many whole days, and the next day up to the
     * present time of day. If the previous period is shorter than that, all of it is returned.
     *
     * @param now in the time zone of the days
     */
    static PreviousPeriod sameShare(Days days, Days before, ZonedDateTime now) {
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
                ? new PreviousPeriod(
                        before.first(), through.toLocalDate(), new Interval(whole.from(), through.toInstant()), through)
                : whole(before);
    }

    /** Whether the interval lies in one day. */
    public boolean isOneDay() {
        return first.equals(last);
    }
}
