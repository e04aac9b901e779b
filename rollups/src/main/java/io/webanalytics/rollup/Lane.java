package io.webanalytics.rollup;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Hours that wait are built in two lanes, each of which gets half of what is done, or all where the other is empty. */
enum Lane {
    /** Hours of the last two days, which most reports ask for. */
    RECENT,
    /** All others: an import, say. */
    OLD;

    private static final Duration RECENT_FOR = Duration.ofDays(2);

    static Lane of(Bucket hour, Instant now) {
        return hour.end().isAfter(now.minus(RECENT_FOR)) ? RECENT : OLD;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
