package io.webanalytics.reporting.question;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the figures of a time are compared with. */
enum Comparison {
    /** As much of the time before as has passed of the time itself. */
    PREVIOUS_PERIOD,
    /** All of the time before. */
    WHOLE_PREVIOUS_PERIOD;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Comparison of(String word) {
        return Arrays.stream(values())
                .filter(comparison -> comparison.word().equals(word))
                .findFirst()
                .orElse(null);
    }
}
