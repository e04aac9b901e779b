package io.webanalytics.reporting.question;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Reads the requested days: a date, a period that ends with a date, or the first and the last day. */
final class DaysReader {

    private final Parameters given;
    private final ZoneId zone;
    private final ZonedDateTime now;
    private final LocalDate today;

    /** @param now in the time zone of the days */
    DaysReader(Parameters given, ZonedDateTime now) {
        this.given = given;
        this.zone = now.getZone();
        this.now = now;
        this.today = now.toLocalDate();
    }

    /**
     * The requested days.
     *
     * @param date the day, if it was requested by its date
     * @param previous the time to compare with, null without a comparison
     */
    record AskedDays(
            Days days, @Nullable LocalDate date, @Nullable PreviousPeriod previous) {

        static AskedDays today(ZonedDateTime now) {
            LocalDate today = now.toLocalDate();
            return new AskedDays(new Days(today, today, now.getZone()), null, null);
        }
    }

    AskedDays read() {
        if (given.has(ReportParameter.FROM) || given.has(ReportParameter.TO)) {
            Days days = fromTo();
            return new AskedDays(days, null, previous(days, Period.shifted(days)));
        }
        if (given.has(ReportParameter.PERIOD)) {
            Period period = given.value(ReportParameter.PERIOD, Period.DAY);
            LocalDate date = given.value(ReportParameter.DATE, today);
            Days days = period.endingWith(date, zone);
            return new AskedDays(days, null, previous(days, period.before(days)));
        }
        LocalDate date = given.required(ReportParameter.DATE);
        Days days = new Days(date == null ? today : date, date == null ? today : date, zone);
        return new AskedDays(days, date, previous(days, Period.shifted(days)));
    }

    private @Nullable PreviousPeriod previous(Days days, Days before) {
        return given.optional(ReportParameter.COMPARE)
                .map(comparison -> comparison == Comparison.PREVIOUS_PERIOD
                        ? PreviousPeriod.sameShare(days, before, now)
                        : PreviousPeriod.whole(before))
                .orElse(null);
    }

    private Days fromTo() {
        LocalDate from = given.required(ReportParameter.FROM);
        LocalDate to = given.required(ReportParameter.TO);
        if (given.has(ReportParameter.DATE) || given.has(ReportParameter.PERIOD)) {
            given.reject(ReportParameter.FROM, ReportParameter.FROM.rule());
        }
        if (from == null || to == null) {
            return new Days(today, today, zone);
        }
        Days days = new Days(from, to, zone);
        if (days.count() < 1 || days.count() > ReportParameter.MOST_DAYS) {
            given.reject(ReportParameter.TO, ReportParameter.TO.rule());
            return new Days(today, today, zone);
        }
        return days;
    }
}
