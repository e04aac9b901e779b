package io.webanalytics.reporting.question;

import io.webanalytics.model.Event;
import io.webanalytics.model.EventRules;
import io.webanalytics.model.Referrers;
import io.webanalytics.reporting.count.Condition;
import io.webanalytics.reporting.count.Dimension;
import io.webanalytics.reporting.count.Ranking;
import io.webanalytics.reporting.count.Ranking.Page;
import io.webanalytics.reporting.count.Scope;
import io.webanalytics.reporting.count.Wildcard;
import io.webanalytics.service.InvalidParametersException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Reads a question, and names every parameter that is missing or wrong. */
public final class QuestionReader {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final String ALL_TYPES = "*";
    private static final int MOST_DAYS = 3_660;
    static final int MAX_LIMIT = 1_000;
    static final int MAX_OFFSET = 1_000_000;
    static final int MAX_MINUTES = 30;
    static final int DEFAULT_MINUTES = 5;

    private final Report report;
    private final Parameters given;
    private final Clock clock;

    private QuestionReader(Report report, MultiValueMap<String, String> query, Clock clock) {
        this.report = report;
        this.given = new Parameters(query, report.parameters());
        this.clock = clock;
    }

    /**
     * Reads a question.
     *
     * @param csv whether the sender rather accepts CSV
     * @throws InvalidParametersException if a parameter is missing or wrong: each one is named
     */
    public static Question read(Report report, MultiValueMap<String, String> query, boolean csv, Clock clock) {
        return new QuestionReader(report, query, clock).read(csv);
    }

    private Question read(boolean csv) {
        String site =
                given.required(ReportParameter.SITE_ID, value -> EventRules.checkKey(value) == null ? value : null);
        ZoneId zone = given.optional(ReportParameter.TIMEZONE, TimeZones::of, UTC);
        Dimension by = report.requires(ReportParameter.BY)
                ? given.required(ReportParameter.BY, QuestionReader::dimension)
                : Dimension.PATH;
        String everyType = by == Dimension.EVENT_TYPE ? ALL_TYPES : Event.PAGE_VIEW;
        String type = given.optional(ReportParameter.EVENT_TYPE, QuestionReader::eventType, everyType);
        List<Condition> conditions = new ArrayList<>();
        Condition path = given.optional(ReportParameter.PATH, QuestionReader::path, null);
        Condition referrer = given.optional(ReportParameter.REFERRER, QuestionReader::referrer, null);
        Stream.of(path, referrer).filter(Objects::nonNull).forEach(conditions::add);
        ZonedDateTime now = ZonedDateTime.now(clock.withZone(zone));
        DaysReader.Answer days =
                report.takes(ReportParameter.DATE) ? new DaysReader(given, now).read() : DaysReader.Answer.today(now);
        StepLength step = given.optional(
                ReportParameter.INTERVAL, QuestionReader::step, days.days().isOne() ? StepLength.HOUR : StepLength.DAY);
        int minutes = given.optional(ReportParameter.MINUTES, number(1, MAX_MINUTES), DEFAULT_MINUTES);
        boolean asCsv = given.optional(ReportParameter.FORMAT, QuestionReader::isCsv, csv);
        boolean byteOrderMark = given.optional(ReportParameter.BOM, QuestionReader::truth, false);
        int allOrSome = asCsv ? Ranking.EVERYTHING.limit() : report.defaultLimit();
        int limit = given.optional(ReportParameter.LIMIT, number(1, MAX_LIMIT), allOrSome);
        int offset = given.optional(ReportParameter.OFFSET, number(0, MAX_OFFSET), 0);
        boolean meta = given.optional(ReportParameter.META, QuestionReader::truth, false);
        given.throwIfWrong();
        return new Question(
                new Scope(Objects.requireNonNull(site), ALL_TYPES.equals(type) ? null : type, conditions),
                days.days(),
                days.date(),
                days.previous(),
                step,
                Objects.requireNonNull(by),
                minutes,
                new Page(offset, limit),
                meta,
                asCsv,
                byteOrderMark);
    }

    private static @Nullable String eventType(String value) {
        return value.equals(ALL_TYPES) || EventRules.checkKey(value) == null ? value : null;
    }

    private static @Nullable Condition path(String value) {
        boolean begins = value.startsWith("/") || value.startsWith("*");
        return begins && EventRules.checkPath("/" + value.substring(1)) == null
                ? new Condition(Dimension.PATH, new Wildcard(value))
                : null;
    }

    private static @Nullable Condition referrer(String value) {
        return EventRules.checkReferrer(value) == null
                ? new Condition(Dimension.REFERRER, new Wildcard(Referrers.canonicalFilter(value)))
                : null;
    }

    private static @Nullable Dimension dimension(String value) {
        return Arrays.stream(Dimension.values())
                .filter(dimension -> dimension.word().equals(value))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable StepLength step(String value) {
        return Arrays.stream(StepLength.values())
                .filter(step -> step.word().equals(value))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Boolean truth(String value) {
        return value.equals("true") ? Boolean.TRUE : value.equals("false") ? Boolean.FALSE : null;
    }

    private static @Nullable Boolean isCsv(String value) {
        return value.equals("csv") ? Boolean.TRUE : value.equals("json") ? Boolean.FALSE : null;
    }

    private static Function<String, @Nullable Integer> number(int least, int most) {
        return value -> {
            if (!value.matches("[0-9]{1,9}")) {
                return null;
            }
            int number = Integer.parseInt(value);
            return number >= least && number <= most ? number : null;
        };
    }

    /** Reads a day. */
    static @Nullable LocalDate date(String value) {
        try {
            return value.length() == "2025-11-12".length() ? LocalDate.parse(value) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether there are few enough days to be asked for at once, in the right order. */
    static boolean areInBounds(Days days) {
        return days.count() >= 1 && days.count() <= MOST_DAYS;
    }
}
