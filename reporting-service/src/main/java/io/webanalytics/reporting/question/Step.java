package io.webanalytics.reporting.question;

import io.webanalytics.reporting.count.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of a time series.
 *
 * @param start its label, in its own zone: a day, or an hour with its offset from UTC
 * @param interval the time itself
 */
public record Step(String start, Interval interval) {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmxxx");

    /** All steps of some days; the first and the last are shorter where the days begin or end in their midst. */
    public static List<Step> of(Days days, StepLength length) {
        return length == StepLength.HOUR ? hours(days) : daysAndMore(days, length);
    }

    private static List<Step> hours(Days days) {
        List<Step> steps = new ArrayList<>();
        Interval all = days.interval();
        Instant at = all.from();
        while (at.isBefore(all.to())) {
            Instant end = StepLength.endOfHour(at, days.zone());
            end = end.isAfter(all.to()) ? all.to() : end;
            steps.add(new Step(HOUR.format(at.atZone(days.zone())), new Interval(at, end)));
            at = end;
        }
        return steps;
    }

    private static List<Step> daysAndMore(Days days, StepLength length) {
        List<Step> steps = new ArrayList<>();
        LocalDate at = days.first();
        while (!at.isAfter(days.last())) {
            LocalDate next = length.next(at);
            LocalDate last = next.isAfter(days.last()) ? days.last() : next.minusDays(1);
            steps.add(new Step(at.toString(), new Days(at, last, days.zone()).interval()));
            at = next;
        }
        return steps;
    }
}
