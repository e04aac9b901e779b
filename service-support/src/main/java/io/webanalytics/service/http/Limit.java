package io.webanalytics.service.http;

import org.jspecify.annotations.Nullable;

/** The parameter {@code limit}, which every list takes: how many entries a response has at most. */
public final class Limit {

    /** Its name. */
    public static final String NAME = "limit";

    private Limit() {}

    /**
     * Returns its value.
     *
     * @param most the largest that is allowed; the smallest is 1
     * @return null where it breaks the {@link #rule}
     */
    public static @Nullable Integer parse(String text, int most) {
        if (!text.matches("[0-9]{1," + String.valueOf(most).length() + "}")) {
            return null;
        }
        int limit = Integer.parseInt(text);
        return limit >= 1 && limit <= most ? limit : null;
    }

    /** Returns the rule that it must keep. */
    public static String rule(int most) {
        return "must be a whole number from 1 to " + most;
    }
}
