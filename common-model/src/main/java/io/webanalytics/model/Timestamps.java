package io.webanalytics.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads timestamps: date and time with an offset, as RFC 3339 writes them, and as ISO 8601 does in its extended format.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339, Internet date/time format</a>
 */
final class Timestamps {

    private static final String SECONDS = "0000-00-00T00:00:00Z";
    private static final String MILLIS = "0000-00-00T00:00:00.000Z";
    private static final int MILLIS_FROM = 20;

    private static final Pattern ANY_FORM = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[Tt ]"
            + "(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d*+))?)?" // seconds, and a fraction of them, may be left out
            + "(?:[Zz]|(?<sign>[+-])(\\d\\d)(?::?(\\d\\d)|:(\\d\\d):(\\d\\d))?)");

    private Timestamps() {}

    /**
     * Reads an instant, to the millisecond; finer digits are dropped. The two forms that nearly all senders use are
     * read without the pattern.
     *
     * <p>A second of 60 is read as the last millisecond of its minute. It is allowed only where UTC may have leap
     * seconds: in the last minute of a month of UTC. Which months have one is not checked: that is announced half a
     * year ahead.
     *
     * @throws DateTimeException if the text is not a timestamp
     */
    static Instant parse(String text) {
        if (hasForm(SECONDS, text)) {
            return instant(day(text), number(text, 11, 2), number(text, 14, 2), number(text, 17, 2), 0, 0);
        }
        if (hasForm(MILLIS, text)) {
            int millis = number(text, MILLIS_FROM, 3);
            return instant(day(text), number(text, 11, 2), number(text, 14, 2), number(text, 17, 2), millis, 0);
        }
        Matcher form = ANY_FORM.matcher(text);
        if (!form.matches()) {
            throw new DateTimeException("no timestamp");
        }
        return instant(
                day(text), number(form, 4), number(form, 5), number(form, 6), millis(form.group(7)), offset(form));
    }

    private static Instant instant(LocalDate day, int hour, int minute, int second, int millis, int offset) {
        long minuteBegins = ((day.toEpochDay() * 24 + upTo(23, hour)) * 60 + upTo(59, minute)) * 60 - offset;
        if (second == 60 && isLastOfAMonth(minuteBegins)) {
            return Instant.ofEpochMilli((minuteBegins + 60) * 1_000 - 1);
        }
        return Instant.ofEpochMilli((minuteBegins + upTo(59, second)) * 1_000 + millis);
    }

    private static boolean isLastOfAMonth(long minuteBegins) {
        LocalDateTime end = LocalDateTime.ofEpochSecond(minuteBegins + 60, 0, ZoneOffset.UTC);
        return end.getDayOfMonth() == 1 && end.toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    /** Returns seconds east of UTC. RFC 3339 allows more hours than any zone has, and {@code -00:00} if unknown. */
    private static int offset(Matcher form) {
        int hours = upTo(23, number(form, 9));
        int minutes = upTo(59, number(form, 10) + number(form, 11));
        int seconds = (hours * 60 + minutes) * 60 + upTo(59, number(form, 12));
        return "-".equals(form.group("sign")) ? -seconds : seconds;
    }

    private static LocalDate day(String text) {
        return LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2));
    }

    private static int millis(@Nullable String fraction) {
        return fraction == null ? 0 : number(fraction + "000", 0, 3);
    }

    /** Whether a text has digits where the form has zeros, and the same characters elsewhere. */
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

    private static int upTo(int most, int value) {
        if (value > most) {
            throw new DateTimeException(value + " is more than " + most);
        }
        return value;
    }

    /** Returns the number in a group, 0 where the group is absent. */
    private static int number(Matcher form, int group) {
        return form.start(group) < 0 ? 0 : Integer.parseInt(form.group(group));
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
