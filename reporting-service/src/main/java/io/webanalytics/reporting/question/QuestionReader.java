package io.webanalytics.reporting.question;

import io.webanalytics.model.Event;
import io.webanalytics.reporting.count.Ranking;
import io.webanalytics.reporting.count.Ranking.Page;
import io.webanalytics.service.http.InvalidParametersException;
import io.webanalytics.store.Condition;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.EventFilter;
import io.webanalytics.store.Wildcard;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Reads a question from the parameters of a request. */
public final class QuestionReader {

    private static final Wildcard VIEWS = new Wildcard(Event.PAGE_VIEW);
    private static final Wildcard ALL = new Wildcard(Wildcard.ANY);

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
     * @param csv whether the caller prefers CSV, by the {@code Accept} header
     * @throws InvalidParametersException if parameters are missing or wrong; it names all of them
     */
    public static Question read(Report report, MultiValueMap<String, String> query, boolean csv, Clock clock) {
        return new QuestionReader(report, query, clock).read(csv);
    }

    private Question read(boolean csv) {
        String site = given.required(ReportParameter.SITE_ID);
        ZoneId zone = given.value(ReportParameter.TIMEZONE);
        Dimension by = report.requires(ReportParameter.BY) ? given.required(ReportParameter.BY) : Dimension.PATH;
        List<Condition> conditions = conditions(by);
        ZonedDateTime now = ZonedDateTime.now(clock.withZone(zone));
        DaysReader.AskedDays days = report.takes(ReportParameter.DATE)
                ? new DaysReader(given, now).read()
                : DaysReader.AskedDays.today(now);
        StepLength usual = days.days().isOne() ? StepLength.HOUR : StepLength.DAY;
        StepLength step = given.value(ReportParameter.INTERVAL, usual);
        int minutes = given.value(ReportParameter.MINUTES);
        boolean asCsv = given.value(ReportParameter.FORMAT, csv ? Format.CSV : Format.JSON) == Format.CSV;
        boolean byteOrderMark = given.value(ReportParameter.BOM);
        int allOrSome = asCsv ? Ranking.EVERYTHING.limit() : report.defaultLimit();
        int limit = given.value(ReportParameter.LIMIT, allOrSome);
        int offset = given.value(ReportParameter.OFFSET);
        boolean meta = given.value(ReportParameter.META);
        given.throwIfWrong();
        return new Question(
                new EventFilter(Objects.requireNonNull(site), conditions),
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

    /** Reads the filters. By default page views are counted; all types in a breakdown by type. */
    private List<Condition> conditions(@Nullable Dimension by) {
        List<Condition> conditions = new ArrayList<>();
        ReportParameter.FILTERS.forEach((dimension, parameter) -> {
            boolean views = dimension == Dimension.EVENT_TYPE && by != Dimension.EVENT_TYPE;
            Wildcard pattern = given.value(parameter, views ? VIEWS : ALL);
            if (!pattern.matchesEverything()) {
                conditions.add(Condition.is(dimension, pattern));
            }
        });
        return conditions;
    }
}
