package io.webanalytics.reporting.question;

import java.util.Locale;

/** How much of the previous period is compared. */
enum Comparison {
    /** As much of it as has passed of the requested period. */
    PREVIOUS_PERIOD,
    /** All of it. */
    WHOLE_PREVIOUS_PERIOD;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
