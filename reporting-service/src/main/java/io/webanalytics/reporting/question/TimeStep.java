package io.webanalytics.reporting.question;

import io.webanalytics.store.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A step of a time series.
 *
 * @param interval the interval of the step
 * @param at the start, in the time zone of the step
 * @param format how the start is written
 */
public record TimeStep(Interval interval, TemporalAccessor at, DateTimeFormatter format) {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmxxx");

    /** Returns a step whose start is written in UTC. */
    public static TimeStep of(Interval interval) {
        return new TimeStep(interval, interval.from(), DateTimeFormatter.ISO_INSTANT);
    }

    /** Returns all steps of some days. The first and the last step are shorter where the days begin or end in their midst. */
    public static List<TimeStep> of(Days days, StepLength length) {
        return length == StepLength.HOUR ? new Hours(days) : daysAndMore(days, length);
    }

    /** Returns the written start: a day, or an hour with its offset from UTC. */
    public String start() {
        return format.format(at);
    }

    private static List<TimeStep> daysAndMore(Days days, StepLength length) {
        List<TimeStep> steps = new ArrayList<>();
        LocalDate at = days.first();
        while (!at.isAfter(days.last())) {
            LocalDate next = length.next(at);
            LocalDate last = next.isAfter(days.last()) ? days.last() : next.minusDays(1);
            steps.add(new TimeStep(new Days(at, last, days.zone()).interval(), at, DateTimeFormatter.ISO_LOCAL_DATE));
            at = next;
        }
        return steps;
    }

    /** The hours of some days. Ten years have about 90,000, so each step is made on access. */
    private static final class Hours extends AbstractList<TimeStep> {

        private final ZoneId zone;
        private final long[] bounds;

        Hours(Days days) {
            zone = days.zone();
            Interval all = days.interval();
            LongStream.Builder seconds = LongStream.builder();
            for (Instant at = all.from(); at.isBefore(all.to()); at = StepLength.endOfHour(at, zone)) {
                seconds.add(at.getEpochSecond());
            }
            bounds = seconds.add(all.to().getEpochSecond()).build().toArray();
        }

        @Override
        public TimeStep get(int place) {
            Instant from = Instant.ofEpochSecond(bounds[place]);
            return new TimeStep(new Interval(from, Instant.ofEpochSecond(bounds[place + 1])), from.atZone(zone), HOUR);
        }

        @Override
        public int size() {
            return bounds.length - 1;
        }
    }
}
