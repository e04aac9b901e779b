package io.webanalytics.reporting.question;

import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.DateSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.webanalytics.model.EventRules;
import io.webanalytics.model.TextRule;
import io.webanalytics.service.http.WholeNumber;
import io.webanalytics.store.FilterRule;
import io.webanalytics.store.Wildcard;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The type of the value of a parameter: its rule in words, its OpenAPI schema and its reader. All three have the same bounds.
 *
 * @param rule the rule, worded to follow the parameter's name
 * @param schema makes a new schema each time
 * @param reader returns the value, or empty where it breaks the rule
 */
public record ValueType<T>(String rule, Supplier<Schema<?>> schema, Function<String, Optional<T>> reader) {

    private static final int DAY_LENGTH = "2025-11-12".length();

    static ValueType<String> key() {
        return new ValueType<>(
                EventRules.KEY_ALPHABET,
                () -> text(EventRules.MAX_KEY).pattern(TextRule.key().pattern()),
                value -> Optional.of(value).filter(key -> EventRules.checkKey(key) == null));
    }

    static ValueType<LocalDate> day() {
        return new ValueType<>("must be a day written as YYYY-MM-DD", DateSchema::new, ValueType::readDay);
    }

    private static Optional<LocalDate> readDay(String value) {
        try {
            return value.length() == DAY_LENGTH ? Optional.of(LocalDate.parse(value)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A time zone of the IANA database. */
    public static ValueType<ZoneId> zone() {
        return new ValueType<>(
                "must be an IANA time zone, such as UTC, Europe/Berlin or Asia/Kolkata",
                StringSchema::new,
                value -> Optional.ofNullable(TimeZones.of(value)));
    }

    static ValueType<Wildcard> pattern(FilterRule filter) {
        return new ValueType<>(filter.rule(), () -> text(filter.most()), filter::read);
    }

    static ValueType<Integer> number(int least, int most) {
        WholeNumber number = new WholeNumber(least, most);
        return new ValueType<>(
                number.rule(),
                () -> new IntegerSchema().minimum(BigDecimal.valueOf(least)).maximum(BigDecimal.valueOf(most)),
                number::parse);
    }

    static ValueType<Boolean> truth() {
        ValueType<Boolean> words = oneOf(new Boolean[] {true, false}, String::valueOf);
        return new ValueType<>(words.rule, BooleanSchema::new, words.reader);
    }

    /** One of some words. */
    public static <E> ValueType<E> oneOf(E[] values, Function<E, String> word) {
        List<String> words = Arrays.stream(values).map(word).toList();
        String rule = words.size() == 2
                ? "must be " + words.get(0) + " or " + words.get(1)
                : words.stream().collect(Collectors.joining(", ", "must be one of ", ""));
        return new ValueType<>(
                rule,
                () -> new StringSchema()._enum(words),
                value -> Arrays.stream(values)
                        .filter(one -> word.apply(one).equals(value))
                        .findFirst());
    }

    /** Returns the type with an addition to its rule, about other parameters. */
    ValueType<T> and(String more) {
        return new ValueType<>(rule + ", " + more, schema, reader);
    }

    private static Schema<?> text(int most) {
        return new StringSchema().minLength(1).maxLength(most);
    }
}
