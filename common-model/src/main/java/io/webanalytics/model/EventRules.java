package io.webanalytics.model;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an event's fields. Each check returns the rule that the value breaks, worded to follow the field's name,
 * or null where it breaks none. The text of an attribute breaks none: it is cut ({@link Attributes}). A character is a
 * Unicode code point.
 */
public final class EventRules {

    /** Most characters of {@code site_id}, {@code event_type} and {@code event_id}. */
    public static final int MAX_KEY = 64;
    /** Most characters of {@code path}. */
    public static final int MAX_PATH = 2_048;
    /** Most characters of {@code user_id}. */
    public static final int MAX_USER_ID = 128;
    /** Most characters of {@code referrer}. */
    public static final int MAX_REFERRER = 2_048;
    /** Most characters of {@code session_id}. */
    static final int MAX_SESSION_ID = 128;
    /** The earliest timestamp that an event may have. */
    public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    static final String REQUIRED = "is required";
    static final String NOT_A_STRING = "must be a string";
    static final String GIVEN_TWICE = "must be given once";
    static final String UNPRINTABLE = "must not contain control characters or unpaired surrogates";

    /** The rule of {@code site_id}, {@code event_type} and {@code event_id}, worded to follow the field's name. */
    public static final String KEY_ALPHABET = "must be 1 to " + MAX_KEY + " characters of A-Z a-z 0-9 . _ : -";

    private static final String NOT_AN_INSTANT =
            "must be an ISO-8601 instant with Z or an offset, such as 2025-11-12T19:30:01Z or 2025-11-12T20:30:01+01:00";

    private EventRules() {}

    /** Checks {@code site_id}, {@code event_type} or {@code event_id}. */
    public static @Nullable String checkKey(String value) {
        if (value.isEmpty() || value.length() > MAX_KEY) {
            return KEY_ALPHABET;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isKeyCharacter(value.charAt(i))) {
                return KEY_ALPHABET;
            }
        }
        return null;
    }

    /** Checks {@code path}. */
    public static @Nullable String checkPath(String value) {
        String broken = checkText(value, MAX_PATH);
        return broken != null ? broken : value.charAt(0) == '/' ? null : "must start with /";
    }

    /** Checks the referrer that a report is filtered by; that of an event is cut instead. */
    public static @Nullable String checkReferrer(String value) {
        return checkText(value, MAX_REFERRER);
    }

    /**
     * Reads a timestamp, to the millisecond.
     *
     * @throws BrokenRule if it is not an instant, is before {@link #EARLIEST} or after {@code latest}
     */
    static Instant readTimestamp(String value, Instant latest) throws BrokenRule {
        Instant instant;
        try {
            instant = Timestamps.parse(value);
        } catch (DateTimeException e) {
            throw new BrokenRule(NOT_AN_INSTANT);
        }
        if (instant.isBefore(EARLIEST)) {
            throw new BrokenRule("must not be before " + EARLIEST);
        }
        if (instant.isAfter(latest)) {
            throw new BrokenRule("must not lie further in the future than the server allows (" + latest + ")");
        }
        return instant;
    }

    /** Whether a string contains a control character or an unpaired surrogate. */
    public static boolean isUnprintable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                boolean paired = i + 1 < value.length() && Character.isSurrogatePair(c, value.charAt(i + 1));
                if (!paired) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Whether a string has more than {@code most} characters. */
    static boolean isLonger(String value, int most) {
        return value.length() > most && value.codePointCount(0, value.length()) > most;
    }

    /** Checks a text of 1 to {@code most} printable characters. */
    static @Nullable String checkText(String value, int most) {
        if (value.isEmpty() || isLonger(value, most)) {
            return "must be 1 to " + most + " characters";
        }
        return isUnprintable(value) ? UNPRINTABLE : null;
    }

    private static boolean isKeyCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == ':'
                || c == '-';
    }
}
