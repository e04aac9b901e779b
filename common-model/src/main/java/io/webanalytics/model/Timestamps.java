package io.webanalytics.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Reads timestamps. */
final class Timestamps {

    private static final String SECONDS = "0000-00-00T00:00:00Z";
    private static final String MILLIS = "0000-00-00T00:00:00.000Z";
    private static final int MILLIS_FROM = 20;

    private Timestamps() {}

    /**
     * Reads an ISO-8601 instant with Z or an offset, to the millisecond. The two forms that nearly all senders use are read
     * without the formatter, which takes longer than all the rest of an event.
     *
     * @throws DateTimeException if it is none
     */
    static Instant parse(String text) {
        if (hasForm(SECONDS, text)) {
            return Instant.ofEpochMilli(seconds(text) * 1_000);
        }
        if (hasForm(MILLIS, text)) {
            return Instant.ofEpochMilli(seconds(text) * 1_000 + number(text, MILLIS_FROM, 3));
        }
        return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .toInstant()
                .truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether a text has digits where the form has zeros, and else the same. */
    private static boolean hasForm(String form, String text) {
        if (text.length() != form.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            char expected = form.charAt(i);
            char c = text.charAt(i);
            if (expected == '0' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return true;
    }

    private static long seconds(String text) {
        LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2));
        int hour = upTo(23, number(text, 11, 2));
        int minute = upTo(59, number(text, 14, 2));
        int second = upTo(59, number(text, 17, 2));
        return ((day.toEpochDay() * 24 + hour) * 60 + minute) * 60 + second;
    }

    private static int upTo(int most, int value) {
        if (value > most) {
            throw new DateTimeException(value + " is more than " + most);
        }
        return value;
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
