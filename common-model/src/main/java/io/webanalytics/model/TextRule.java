package io.webanalytics.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a field may hold that is a text: of an exact field all or nothing is kept, of an attribute as much as it may have. */
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

    /** 1 to {@link EventRules#MAX_KEY} letters, digits and a few signs. */
    static TextRule key() {
        return exact(EventRules::checkKey, EventRules.MAX_KEY, "^[A-Za-z0-9._:-]+$");
    }

    static TextRule path() {
        return exact(EventRules::checkPath, EventRules.MAX_PATH, "^/");
    }

    /** Some characters, none of them unprintable. */
    static TextRule exact(int most) {
        return exact(value -> EventRules.checkText(value, most), most, null);
    }

    /** Read and checked once all fields are there: {@link EventRules#readTimestamp}. */
    static TextRule instant() {
        return new TextRule(value -> value, Integer.MAX_VALUE, null, "date-time");
    }

    /** The first characters of a text, without those that are unprintable. */
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
     * What is kept of a value.
     *
     * @throws BrokenRule if the value may not be
     */
    String keep(String value) throws BrokenRule {
        return keep.of(value);
    }

    /** The most characters that are not refused. */
    public int most() {
        return most;
    }

    /** Whether nothing longer than {@link #most} is taken, nor what is empty. */
    public boolean isBounded() {
        return most < Integer.MAX_VALUE;
    }

    /** A regular expression that it matches, as JSON Schema has it; null for none. */
    public @Nullable String pattern() {
        return pattern;
    }

    /** Its format, as JSON Schema has it; null for none. */
    public @Nullable String format() {
        return format;
    }
}
