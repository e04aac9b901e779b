package io.webanalytics.rollup;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One site and one hour or day of UTC.
 *
 * @param siteId the site
 * @param unit hour or day
 * @param start its first instant
 */
public record Bucket(String siteId, Unit unit, Instant start) {

    /** Orders buckets by site, then by start. */
    public static final Comparator<Bucket> ORDER =
            Comparator.comparing(Bucket::siteId).thenComparing(Bucket::start);

    /** Hours of a day of UTC. */
    public static final int HOURS_OF_DAY = 24;

    /** How long a bucket is. */
    public enum Unit {
        HOUR("hour", "uuuu-MM-dd'T'HH", ChronoUnit.HOURS),
        DAY("day", "uuuu-MM-dd", ChronoUnit.DAYS);

        private final String word;
        private final DateTimeFormatter form;
        private final ChronoUnit length;

        Unit(String word, String form, ChronoUnit length) {
            this.word = word;
            this.form = DateTimeFormatter.ofPattern(form).withZone(ZoneOffset.UTC);
            this.length = length;
        }

        /** Returns the latest start of a bucket that is not after {@code instant}. */
        public Instant floor(Instant instant) {
            return instant.truncatedTo(length);
        }

        public Duration length() {
            return length.getDuration();
        }

        private static Unit of(String word) {
            return Stream.of(values())
                    .filter(unit -> unit.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no unit of buckets: " + word));
        }
    }

    public static Bucket hour(String siteId, Instant instant) {
        return new Bucket(siteId, Unit.HOUR, Unit.HOUR.floor(instant));
    }

    public static Bucket day(String siteId, Instant instant) {
        return new Bucket(siteId, Unit.DAY, Unit.DAY.floor(instant));
    }

    /** Returns the bucket with this {@link #id}. */
    public static Bucket parse(String id) {
        String[] parts = id.split("/", 3); // a site has no slash
        Unit unit = Unit.of(parts[1]);
        String start = unit == Unit.HOUR ? parts[2] + ":00:00Z" : parts[2] + "T00:00:00Z";
        return new Bucket(parts[0], unit, Instant.parse(start));
    }

    /** Returns its {@code _id}. The ids of one site and unit sort by time. */
    public String id() {
        return siteId + "/" + unit.word + "/" + unit.form.format(start);
    }

    /** Returns the first instant after the bucket. */
    public Instant end() {
        return start.plus(unit.length());
    }

    /** Returns the day that contains it. */
    public Bucket day() {
        return day(siteId, start);
    }

    /** Returns the hours of a day, in order. */
    public Stream<Bucket> hours() {
        return IntStream.range(0, HOURS_OF_DAY)
                .mapToObj(hour -> new Bucket(siteId, Unit.HOUR, start.plus(hour, ChronoUnit.HOURS)));
    }

    /** Returns the index of an hour in its day, from 0. */
    public int hourOfDay() {
        return start.atOffset(ZoneOffset.UTC).getHour();
    }

    /** Returns the next bucket of the same site and unit. */
    public Bucket next() {
        return new Bucket(siteId, unit, end());
    }
}
