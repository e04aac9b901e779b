package io.webanalytics.reporting.question;

import io.swagger.v3.oas.models.media.Schema;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.FilterRule;
import io.webanalytics.store.Wildcard;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of the reports. Each is defined once, here; filters come from {@link Dimension}. Reading and OpenAPI use these
 * definitions. Each is its own: they are compared by identity.
 *
 * @param name the name in the query
 * @param type the type of the value
 * @param description the effect of the parameter
 * @param example a value
 * @param byDefault the default value; null where it depends on other parameters, or there is none
 */
public record ReportParameter<T>(
        String name,
        ValueType<T> type,
        String description,
        String example,
        @Nullable String byDefault) {

    /** How many days a request may ask for: ten years. */
    static final int MOST_DAYS = 3_660;

    private static final int MAX_MINUTES = 30;
    private static final String DEFAULT_MINUTES = "5";

    static final ReportParameter<String> SITE_ID = of("site_id", ValueType.key(), "The site.", "site-abc-123");

    static final ReportParameter<LocalDate> DATE = of(
            "date",
            ValueType.day(),
            "The day, or the one that the period ends with: today if left out beside a period.",
            "2025-11-12");

    static final ReportParameter<LocalDate> FROM = of(
            "from",
            ValueType.day().and("together with to, and without date and period"),
            "The first day.",
            "2025-11-01");

    static final ReportParameter<LocalDate> TO = of(
            "to",
            ValueType.day().and("not before from, and " + MOST_DAYS + " days with it at most"),
            "The last day.",
            "2025-11-30");

    static final ReportParameter<Period> PERIOD = of(
            "period",
            ValueType.oneOf(Period.values(), Period::word),
            "A length of time that ends with date; month and 12mo are calendar months, up to the month of date.",
            "30d");

    static final ReportParameter<Comparison> COMPARE = of(
            "compare",
            ValueType.oneOf(Comparison.values(), Comparison::word),
            "Adds the figures of the time before, and the changes since: of as much of it as has passed of the time asked"
                    + " for, or of all of it.",
            "previous_period");

    static final ReportParameter<ZoneId> TIMEZONE = new ReportParameter<>(
            "timezone", ValueType.zone(), "Whose days and hours these are: UTC if left out.", "Asia/Kolkata", "UTC");

    /** The filters, by their dimension. */
    static final Map<Dimension, ReportParameter<Wildcard>> FILTERS = filters();

    static final ReportParameter<StepLength> INTERVAL = of(
            "interval",
            ValueType.oneOf(StepLength.values(), StepLength::word),
            "How long each step is: hour for one day and day otherwise, if left out.",
            "day");

    static final ReportParameter<Dimension> BY =
            of("by", ValueType.oneOf(Dimension.values(), Dimension::word), "What views are broken down by.", "path");

    static final ReportParameter<Integer> MINUTES = new ReportParameter<>(
            "minutes",
            ValueType.number(1, MAX_MINUTES),
            "How many minutes, up to now: " + DEFAULT_MINUTES + " if left out.",
            "5",
            DEFAULT_MINUTES);

    static final ReportParameter<Integer> LIMIT = of(
            "limit", ValueType.number(1, 1_000), "Most entries of the list; a CSV has all of them if left out.", "10");

    static final ReportParameter<Integer> OFFSET = new ReportParameter<>(
            "offset", ValueType.number(0, 1_000_000), "How many entries to leave out before the first.", "0", "0");

    static final ReportParameter<Boolean> META = new ReportParameter<>(
            "meta",
            ValueType.truth(),
            "Adds how complete the figures are, and what they were counted from.",
            "true",
            "false");

    static final ReportParameter<Format> FORMAT =
            of("format", ValueType.oneOf(Format.values(), Format::word), "csv is the same as Accept: text/csv.", "csv");

    static final ReportParameter<Boolean> BOM = new ReportParameter<>(
            "bom",
            ValueType.truth(),
            "Begins a CSV with a byte order mark, by which Excel knows that it is UTF-8.",
            "true",
            "false");

    private static <T> ReportParameter<T> of(String name, ValueType<T> type, String description, String example) {
        return new ReportParameter<>(name, type, description, example, null);
    }

    private static Map<Dimension, ReportParameter<Wildcard>> filters() {
        Map<Dimension, ReportParameter<Wildcard>> filters = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            dimension.filterRule().ifPresent(rule -> filters.put(dimension, filter(dimension, rule)));
        }
        return Collections.unmodifiableMap(filters);
    }

    private static ReportParameter<Wildcard> filter(Dimension dimension, FilterRule rule) {
        return of(dimension.word(), ValueType.pattern(rule), rule.description(), rule.example());
    }

    /** Returns the rule for the value, worded to follow the name. */
    public String rule() {
        return type.rule();
    }

    /** Returns a new OpenAPI schema of the value. */
    public Schema<?> schema() {
        return type.schema().get();
    }

    /** Returns the value; empty where it breaks the rule. */
    Optional<T> read(String value) {
        return type.reader().apply(value);
    }
}
