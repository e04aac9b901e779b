package io.webanalytics.reporting.question;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;

/** The length of the steps of a time series. */
public enum StepLength {
    HOUR,
    DAY,
    /** From Monday to Sunday. */
    WEEK,
    MONTH;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the first day of the step after the one that contains a day. */
    LocalDate next(LocalDate date) {
        return switch (this) {
            case HOUR -> throw new IllegalStateException("hours are no days");
            case DAY -> date.plusDays(1);
            case WEEK -> date.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
            case MONTH -> date.plusMonths(1).withDayOfMonth(1);
        };
    }

    /**
     * Returns the end of the local hour that contains an instant. An hour in which clocks change ends there, and its rest is a step
     * of its own.
     */
    static Instant endOfHour(Instant instant, ZoneId zone) {
        // Computed without the zone, in which the start of the hour may lie in a gap.
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        Instant end = instant.plus(
                Duration.between(local, local.truncatedTo(ChronoUnit.HOURS).plusHours(1)));
        ZoneOffsetTransition change = zone.getRules().nextTransition(instant);
        return change != null && change.getInstant().isBefore(end) ? change.getInstant() : end;
    }
}
