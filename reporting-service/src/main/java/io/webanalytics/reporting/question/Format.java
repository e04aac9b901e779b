package io.webanalytics.reporting.question;

import java.util.Locale;

/** The format of an answer. */
enum Format {
    JSON,
    CSV;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
