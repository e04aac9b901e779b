package io.webanalytics.store;

import com.mongodb.client.model.Filters;
import java.util.Objects;
import java.util.Optional;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What an event must have, or must not have, to be counted.
 *
 * @param dimension of what; none that {@link Dimension#isOfTime}
 * @param operator whether a value that matches is wanted, or any other
 * @param pattern which value, or which values
 */
public record Condition(Dimension dimension, Operator operator, Wildcard pattern) {

    /** How a value stands to the pattern. */
    public enum Operator {
        IS,
        IS_NOT
    }

    /** That the value matches. */
    public static Condition is(Dimension dimension, Wildcard pattern) {
        return new Condition(dimension, Operator.IS, pattern);
    }

    /** Whether it is met by a value; null stands for that of an event that has none. */
    public boolean isMetBy(@Nullable String value) {
        return pattern.matches(Objects.requireNonNullElse(value, dimension.missing())) == (operator == Operator.IS);
    }

    /** Whether it is about this one value: no other decides whether it is met. */
    public boolean isOf(String value) {
        return pattern.isLiteral() && pattern.prefix().equals(value);
    }

    /** Whether the server decides it with {@link #onServer} alone. */
    boolean isDecidedOnServer() {
        return pattern.isLiteral();
    }

    /**
     * What of it MongoDB is asked: what every server decides in linear time, an equality or a prefix; or nothing. Every event that
     * meets the condition meets this, and where {@link #isDecidedOnServer} no other does.
     */
    Optional<Bson> onServer() {
        String field = dimension.field();
        boolean wanted = operator == Operator.IS;
        boolean missingMatches = pattern.matches(dimension.missing());
        if (pattern.isLiteral()) {
            String value = pattern.prefix();
            return Optional.of(
                    missingMatches
                            ? Filters.exists(field, !wanted)
                            : wanted ? Filters.eq(field, value) : Filters.ne(field, value));
        }
        return !wanted || missingMatches || pattern.prefix().isEmpty()
                ? Optional.empty()
                : Optional.of(Filters.regex(field, "^" + escaped(pattern.prefix())));
    }

    /** Everything but letters and digits is escaped one by one, which every server understands. */
    private static String escaped(String text) {
        StringBuilder regex = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c < 128 && !Character.isLetterOrDigit(c)) {
                regex.append('\\');
            }
            regex.appendCodePoint(c);
        });
        return regex.toString();
    }
}
