package io.webanalytics.reporting.question;

import io.webanalytics.store.Interval;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Consecutive calendar days in a time zone. A day has 24 hours, or 23 or 25 where clocks change, or whatever the zone defines.
 *
 * @param first the first day
 * @param last the last day
 * @param zone the time zone
 */
public record Days(LocalDate first, LocalDate last, ZoneId zone) {

    public Interval interval() {
        return new Interval(
                first.atStartOfDay(zone).toInstant(),
                last.plusDays(1).atStartOfDay(zone).toInstant());
    }

    public boolean isOne() {
        return first.equals(last);
    }

    public long count() {
        return ChronoUnit.DAYS.between(first, last) + 1;
    }
}
