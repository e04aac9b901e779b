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
 * @param interval its time
 * @param at when it starts, in its own zone
 * @param format how that is written
 */
public record Step(Interval interval, TemporalAccessor at, DateTimeFormatter format) {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmxxx");

    /** One that starts at an instant, by the clocks of UTC. */
    public static Step of(Interval interval) {
        return new Step(interval, interval.from(), DateTimeFormatter.ISO_INSTANT);
    }

    /** All steps of some days; the first and the last are shorter where the days begin or end in their midst. */
    public static List<Step> of(Days days, StepLength length) {
        return length == StepLength.HOUR ? new Hours(days) : daysAndMore(days, length);
    }

    /** Its label: a day, or an hour with its offset from UTC. */
    public String start() {
        return format.format(at);
    }

    private static List<Step> daysAndMore(Days days, StepLength length) {
        List<Step> steps = new ArrayList<>();
        LocalDate at = days.first();
        while (!at.isAfter(days.last())) {
            LocalDate next = length.next(at);
            LocalDate last = next.isAfter(days.last()) ? days.last() : next.minusDays(1);
            steps.add(new Step(new Days(at, last, days.zone()).interval(), at, DateTimeFormatter.ISO_LOCAL_DATE));
            at = next;
        }
        return steps;
    }

    /** The hours of some days. Ten years have 90,000: they are made when they are asked for. */
    private static final class Hours extends AbstractList<Step> {

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
        public Step get(int place) {
            Instant from = Instant.ofEpochSecond(bounds[place]);
            return new Step(new Interval(from, Instant.ofEpochSecond(bounds[place + 1])), from.atZone(zone), HOUR);
        }

        @Override
        public int size() {
            return bounds.length - 1;
        }
    }
}
