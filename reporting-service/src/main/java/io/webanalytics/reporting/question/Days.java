package io.webanalytics.reporting.question;

import io.webanalytics.store.Interval;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Consecutive calendar days somewhere. Each has 24 hours, or 23 or 25 where clocks change, or whatever the zone made of it.
 *
 * @param first the first
 * @param last the last
 * @param zone where
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
