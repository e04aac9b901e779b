package io.webanalytics.store;

import com.mongodb.client.model.Filters;
import java.util.Objects;
import java.util.Optional;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a dimension, which an event must meet to be counted.
 *
 * @param dimension any dimension that is not {@link Dimension#isOfTime}
 * @param operator whether the value must match, or must not match
 * @param pattern what the value is compared with
 */
public record Condition(Dimension dimension, Operator operator, Wildcard pattern) {

    /** How a value must compare with the pattern. */
    public enum Operator {
        IS,
        IS_NOT
    }

    /** Returns the condition that the value matches. */
    public static Condition is(Dimension dimension, Wildcard pattern) {
        return new Condition(dimension, Operator.IS, pattern);
    }

    /** Whether a value meets the condition; null stands for the value of an event that has none. */
    public boolean isMetBy(@Nullable String value) {
        return pattern.matches(Objects.requireNonNullElse(value, dimension.missing())) == (operator == Operator.IS);
    }

    /** Whether its pattern matches this value and no other. */
    public boolean isOf(String value) {
        return pattern.isLiteral() && pattern.prefix().equals(value);
    }

    /**
     * Returns the part of the condition that MongoDB is asked for: an equality or a prefix, which every server decides in linear
     * time; empty if there is none. Every event that meets the condition meets this part. Others may meet it, too.
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

    /** Escapes each ASCII character except letters and digits, which every server understands. */
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
