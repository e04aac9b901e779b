package io.webanalytics.reporting.question;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads which days are asked for: a date, a period that ends with a date, or the first and the last. */
final class DaysReader {

    static final String PREVIOUS_PERIOD = "previous_period";

    private final Parameters given;
    private final ZoneId zone;
    private final LocalDate today;

    DaysReader(Parameters given, ZoneId zone, LocalDate today) {
        this.given = given;
        this.zone = zone;
        this.today = today;
    }

    /**
     * The days.
     *
     * @param date the day, where nothing but a date was given
     * @param previous those to compare with, or null
     */
    record Answer(
            Days days, @Nullable LocalDate date, @Nullable Days previous) {

        static Answer today(ZoneId zone, Clock clock) {
            LocalDate today = LocalDate.now(clock.withZone(zone));
            return new Answer(new Days(today, today, zone), null, null);
        }
    }

    Answer read() {
        boolean compare = given.optional(
                        ReportParameter.COMPARE, value -> value.equals(PREVIOUS_PERIOD) ? value : null, "")
                .equals(PREVIOUS_PERIOD);
        if (given.has(ReportParameter.FROM) || given.has(ReportParameter.TO)) {
            Days days = fromTo();
            return new Answer(days, null, compare ? Period.shifted(days) : null);
        }
        if (given.has(ReportParameter.PERIOD)) {
            Period period = given.optional(ReportParameter.PERIOD, Period::of, Period.DAY);
            LocalDate date = given.optional(ReportParameter.DATE, QuestionReader::date, today);
            Days days = period.endingWith(date, zone);
            return new Answer(days, null, compare ? period.before(days) : null);
        }
        LocalDate date = given.required(ReportParameter.DATE, QuestionReader::date);
        Days days = new Days(date == null ? today : date, date == null ? today : date, zone);
        return new Answer(days, date, compare ? Period.shifted(days) : null);
    }

    private Days fromTo() {
        LocalDate from = given.required(ReportParameter.FROM, QuestionReader::date);
        LocalDate to = given.required(ReportParameter.TO, QuestionReader::date);
        if (given.has(ReportParameter.DATE) || given.has(ReportParameter.PERIOD)) {
            given.reject(ReportParameter.FROM, ReportParameter.FROM.rule());
        }
        if (from == null || to == null) {
            return new Days(today, today, zone);
        }
        Days days = new Days(from, to, zone);
        if (!QuestionReader.areInBounds(days)) {
            given.reject(ReportParameter.TO, ReportParameter.TO.rule());
            return new Days(today, today, zone);
        }
        return days;
    }
}
