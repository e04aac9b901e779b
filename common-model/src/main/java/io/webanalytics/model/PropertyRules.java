package io.webanalytics.model;

import org.jspecify.annotations.Nullable;

/**
 * The rules of an event's {@code properties}, worded as those of {@link EventRules}. Their size breaks none: they are
 * cut ({@link Attributes}), or left out.
 */
final class PropertyRules {

    /** Most properties of an event. */
    static final int MAX_ENTRIES = 30;
    /** Most characters of a key. */
    static final int MAX_KEY = 64;
    /** Most characters of a string. */
    static final int MAX_TEXT = 500;
    /** Most characters of a number as it is written. */
    static final int MAX_NUMBER = 64;

    static final String NOT_AN_OBJECT = "must be an object";
    static final String NOT_A_SCALAR = "must be a string, a number, true or false";

    private static final String UNPRINTABLE_KEY = EventRules.UNPRINTABLE + " in its keys";
    private static final String KEY = "must have keys that are not empty, do not start with $ and do not contain .";

    private PropertyRules() {}

    /** Checks a key, worded to follow {@code properties}. In MongoDB {@code $} and {@code .} have special meanings. */
    static @Nullable String checkKey(String key) {
        if (EventRules.isUnprintable(key)) {
            return UNPRINTABLE_KEY;
        }
        boolean kept = !key.isEmpty() && key.charAt(0) != '$' && key.indexOf('.') < 0;
        return kept ? null : KEY;
    }

    /**
     * Reads a number: a Long where it has no fraction and no exponent and fits, or else the nearest Double.
     *
     * @param whole whether it has no fraction and no exponent
     * @return null where it has more than {@link #MAX_NUMBER} characters, or is beyond the largest Double
     */
    static @Nullable Number readNumber(String json, boolean whole) {
        if (json.length() > MAX_NUMBER) {
            return null;
        }
        if (whole) {
            try {
                return Long.valueOf(json);
            } catch (NumberFormatException e) {
                // does not fit a long: kept approximately, as in the sender's JavaScript
            }
        }
        Double number = Double.valueOf(json);
        return number.isInfinite() ? null : number;
    }
}
