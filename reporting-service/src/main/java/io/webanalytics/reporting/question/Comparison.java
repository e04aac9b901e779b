package io.webanalytics.reporting.question;

import java.util.Locale;

/** What the figures of a time are compared with. */
enum Comparison {
    /** As much of the time before as has passed of the time itself. */
    PREVIOUS_PERIOD,
    /** All of the time before. */
    WHOLE_PREVIOUS_PERIOD;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
