package io.webanalytics.reporting.question;

import io.webanalytics.reporting.count.Dimension;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every parameter that a report takes: its name, what it must be, and an example. The descriptions of the API come from here. */
public enum ReportParameter {
    SITE_ID("must be 1 to 64 characters of A-Z a-z 0-9 . _ : -", "The site.", "site-abc-123"),
    DATE(
            "must be a day written as YYYY-MM-DD",
            "The day, or the one that the period ends with: today if left out beside a period.",
            "2025-11-12"),
    FROM(
            "must be a day written as YYYY-MM-DD, together with to, and without date and period",
            "The first day.",
            "2025-11-01"),
    TO(
            "must be a day written as YYYY-MM-DD, not before from, and 3660 days with it at most",
            "The last day.",
            "2025-11-30"),
    PERIOD(
            "must be one of " + Period.words(),
            "A length of time that ends with date; month and 12mo are calendar months, up to the month of date.",
            "30d"),
    COMPARE(
            "must be one of " + words(Comparison.values(), Comparison::word),
            "Adds the figures of the time before, and the changes since: of as much of it as has passed of the time asked"
                    + " for, or of all of it.",
            "previous_period"),
    TIMEZONE(
            "must be an IANA time zone, such as UTC, Europe/Berlin or Asia/Kolkata",
            "Whose days and hours these are: UTC if left out.",
            "Asia/Kolkata"),
    EVENT_TYPE(
            "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -, or * for all types",
            "The type of the events that count as views, * for all: page_view if left out, and all by event type.",
            "page_view"),
    PATH(
            "must be 1 to 2048 characters that start with / or *, where * stands for any characters and \\* for itself",
            "Only events with such a path; * stands for any characters, \\* for a * and \\\\ for a \\.",
            "/blog/*"),
    REFERRER(
            "must be 1 to 2048 characters, where * stands for any characters",
            "Only events that came from such a host, in any spelling of it, or the one of such an address; * stands for any"
                    + " characters, (direct) for none, (other) for none that can be read.",
            "*.example.com"),
    INTERVAL(
            "must be one of " + words(StepLength.values(), StepLength::word),
            "How long each step is: hour for one day and day otherwise, if left out.",
            "day"),
    BY("must be one of " + words(Dimension.values(), Dimension::word), "What views are broken down by.", "path"),
    MINUTES("must be a whole number from 1 to 30", "How many minutes, up to now: 5 if left out.", "5"),
    LIMIT(
            "must be a whole number from 1 to 1000",
            "Most entries of the list; a CSV has all of them if left out.",
            "10"),
    OFFSET("must be a whole number from 0 to 1000000", "How many entries to leave out before the first.", "0"),
    META("must be true or false", "Adds how complete the figures are, and what they were counted from.", "true"),
    FORMAT("must be json or csv", "csv is the same as Accept: text/csv.", "csv"),
    BOM("must be true or false", "Begins a CSV with a byte order mark, by which Excel knows that it is UTF-8.", "true");

    private final String rule;
    private final String description;
    private final String example;

    ReportParameter(String rule, String description, String example) {
        this.rule = rule;
        this.description = description;
        this.example = example;
    }

    /** As it is written in a query. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it must be, worded to follow its name. */
    public String rule() {
        return rule;
    }

    public String description() {
        return description;
    }

    public String example() {
        return example;
    }

    private static <T> String words(T[] values, Function<T, String> word) {
        return Arrays.stream(values).map(word).collect(Collectors.joining(", "));
    }
}
