package io.webanalytics.reporting.question;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/** A named period that ends with a given day, or with the month of that day. */
enum Period {
    DAY("day"),
    WEEK("7d"),
    THIRTY_DAYS("30d"),
    MONTH("month"),
    YEAR("12mo");

    private final String word;

    Period(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    Days endingWith(LocalDate date, ZoneId zone) {
        YearMonth month = YearMonth.from(date);
        return switch (this) {
            case DAY -> new Days(date, date, zone);
            case WEEK -> new Days(date.minusDays(6), date, zone);
            case THIRTY_DAYS -> new Days(date.minusDays(29), date, zone);
            case MONTH -> new Days(month.atDay(1), month.atEndOfMonth(), zone);
            case YEAR -> new Days(month.minusMonths(11).atDay(1), month.atEndOfMonth(), zone);
        };
    }

    /** Returns the period before: as many months before months, as many days before days. */
    Days before(Days days) {
        return switch (this) {
            case DAY, WEEK, THIRTY_DAYS -> shifted(days);
            case MONTH, YEAR -> endingWith(days.first().minusDays(1), days.zone());
        };
    }

    /** Returns as many days, just before these. */
    static Days shifted(Days days) {
        long count = days.count();
        return new Days(days.first().minusDays(count), days.last().minusDays(count), days.zone());
    }
}
