package io.webanalytics.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rule of a field that is a text. An exact field is kept in full or refused; an attribute is cut to its limit. */
public final class TextRule {

    private final Keep keep;
    private final int most;
    private final @Nullable String pattern;
    private final @Nullable String format;

    private interface Keep {

        String of(String value) throws BrokenRule;
    }

    private TextRule(Keep keep, int most, @Nullable String pattern, @Nullable String format) {
        this.keep = keep;
        this.most = most;
        this.pattern = pattern;
        this.format = format;
    }

    /** 1 to {@link EventRules#MAX_KEY} letters, digits and signs of {@code . _ : -}. */
    public static TextRule key() {
        return exact(EventRules::checkKey, EventRules.MAX_KEY, "^[A-Za-z0-9._:-]+$");
    }

    static TextRule path() {
        return exact(EventRules::checkPath, EventRules.MAX_PATH, "^/");
    }

    /** 1 to {@code most} characters, none of them unprintable. */
    static TextRule exact(int most) {
        return exact(value -> EventRules.checkText(value, most), most, null);
    }

    /** Checked once all fields are read: {@link EventRules#readTimestamp}. */
    static TextRule instant() {
        return new TextRule(value -> value, Integer.MAX_VALUE, null, "date-time");
    }

    /** The first {@code most} characters of a text, without those that are unprintable. */
    static TextRule attribute(int most) {
        return new TextRule(value -> Attributes.text(value, most), Integer.MAX_VALUE, null, null);
    }

    static TextRule referrer() {
        return new TextRule(Attributes::referrer, Integer.MAX_VALUE, null, null);
    }

    private static TextRule exact(Function<String, @Nullable String> check, int most, @Nullable String pattern) {
        Keep allOrNothing = value -> {
            String broken = check.apply(value);
            if (broken != null) {
                throw new BrokenRule(broken);
            }
            return value;
        };
        return new TextRule(allOrNothing, most, pattern, null);
    }

    /**
     * Returns what is kept of a value.
     *
     * @throws BrokenRule if the value is refused
     */
    String keep(String value) throws BrokenRule {
        return keep.of(value);
    }

    /** Returns the most characters that are not refused. */
    public int most() {
        return most;
    }

    /** Whether texts longer than {@link #most} are refused, and empty ones. */
    public boolean isBounded() {
        return most < Integer.MAX_VALUE;
    }

    /** Returns a regular expression that a text must match, as in JSON Schema; null for none. */
    public @Nullable String pattern() {
        return pattern;
    }

    /** Returns the format, as in JSON Schema; null for none. */
    public @Nullable String format() {
        return format;
    }
}
