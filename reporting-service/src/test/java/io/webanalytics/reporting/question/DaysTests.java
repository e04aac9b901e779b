package io.webanalytics.reporting.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.store.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** When the days of a zone begin and end. */
class DaysTests {

    /** At 00:01 of the 7th the clocks of St. John's went back to 23:01 of the 6th. The repeated hour belongs to the 7th. */
    @Test
    void dayBeginsWhereItsFirstMomentIsShownFirst() {
        assertThat(day("America/St_Johns", "2010-11-06").to()).isEqualTo(Instant.parse("2010-11-07T02:30:00Z"));
        assertThat(day("America/St_Johns", "2010-11-07"))
                .isEqualTo(new Interval(Instant.parse("2010-11-07T02:30:00Z"), Instant.parse("2010-11-08T03:30:00Z")));
    }

    /** A day whose midnight is skipped begins with its first existing instant. */
    @Test
    void dayWithoutAMidnightBeginsLater() {
        assertThat(day("America/Sao_Paulo", "2018-11-04"))
                .isEqualTo(new Interval(Instant.parse("2018-11-04T03:00:00Z"), Instant.parse("2018-11-05T02:00:00Z")));
    }

    @Test
    void dayThatWasLeftOutIsEmpty() {
        Interval skipped = day("Pacific/Apia", "2011-12-30");
        assertThat(skipped.from()).isEqualTo(skipped.to());
    }

    private static Interval day(String zone, String date) {
        return new Days(LocalDate.parse(date), LocalDate.parse(date), ZoneId.of(zone)).interval();
    }
}
