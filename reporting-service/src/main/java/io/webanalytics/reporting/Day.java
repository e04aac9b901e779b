package io.webanalytics.reporting;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A calendar day somewhere: 24 hours, or 23 or 25 where clocks change, or whatever the zone made of it.
 *
 * @param date the day
 * @param zone where
 */
record Day(LocalDate date, ZoneId zone) {

    /** The day's first instant. */
    Instant start() {
        return date.atStartOfDay(zone).toInstant();
    }

    /** The first instant after the day. */
    Instant end() {
        return date.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
