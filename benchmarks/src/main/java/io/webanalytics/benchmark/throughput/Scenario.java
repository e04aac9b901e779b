package io.webanalytics.benchmark.throughput;

import io.webanalytics.model.Event;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** When the events of a queue happened, which determines how many buckets a batch marks. The sites take turns. */
enum Scenario {
    /** Live traffic: every batch marks the same bucket of each site, again and again. */
    LIVE("live: the running hour") {
        @Override
        Instant time(int number, int of, Instant now) {
            Instant hour = now.truncatedTo(ChronoUnit.HOURS);
            return hour.plusMillis(ChronoUnit.MILLIS.between(hour, now) * number / of);
        }
    },
    /** Late events of all kinds: a batch of 1,000 events has 1,000 buckets. */
    SCATTERED("late: scattered over the last 50 hours") {
        @Override
        Instant time(int number, int of, Instant now) {
            return hourBefore(now, 1 + number / SITES % 50, number);
        }
    },
    /** An import: earlier hours are quiet already, and are built while the rest is stored. */
    IN_ORDER("import: the last 50 hours, in order") {
        @Override
        Instant time(int number, int of, Instant now) {
            return hourBefore(now, 50 - (int) (50L * number / of), number);
        }
    };

    static final int SITES = 20;

    private static final int PATHS = 211; // two primes, so that all combinations occur
    private static final int USERS = 4_999;

    private final String words;

    Scenario(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Returns when an event happened. */
    abstract Instant time(int number, int of, Instant now);

    /** Returns the elements that ingestion would queue now. */
    List<byte[]> elements(int count) {
        Instant now = Instant.now();
        return IntStream.range(0, count)
                .mapToObj(number -> QueuedEventFormat.encode(QueuedEvent.receive(event(number, count, now), now)))
                .toList();
    }

    private Event event(int number, int of, Instant now) {
        return new Event(
                "site-" + number % SITES,
                Event.PAGE_VIEW,
                "/articles/" + number % PATHS,
                "user-" + number % USERS,
                time(number, of, now),
                null);
    }

    private static Instant hourBefore(Instant now, int hours, int number) {
        return now.truncatedTo(ChronoUnit.HOURS).minus(hours, ChronoUnit.HOURS).plusSeconds(number % 3_600);
    }
}
