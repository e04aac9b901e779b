package io.webanalytics.rollup;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The two lanes of dirty hours. Each gets half of the work, or all of it if the other lane is empty. */
enum Lane {
    /** Hours of the last two days, which most reports read. */
    RECENT,
    /** All others, such as those of an import. */
    OLD;

    private static final Duration RECENT_FOR = Duration.ofDays(2);

    static Lane of(Bucket hour, Instant now) {
        return hour.end().isAfter(now.minus(RECENT_FOR)) ? RECENT : OLD;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
