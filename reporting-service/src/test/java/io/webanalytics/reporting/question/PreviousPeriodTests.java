package io.webanalytics.reporting.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of the previous period is compared. */
class PreviousPeriodTests {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        // period, date, now, first, last, through
        "MONTH, 2025-11-27, 2025-11-27T10:30, 2025-10-01, 2025-10-27, 2025-10-27T10:30+01:00",
        "MONTH, 2025-11-01, 2025-11-27T10:30, 2025-10-01, 2025-10-27, 2025-10-27T10:30+01:00",
        "DAY, 2025-11-27, 2025-11-27T10:30, 2025-11-26, 2025-11-26, 2025-11-26T10:30+01:00",
        "WEEK, 2025-11-27, 2025-11-27T10:30, 2025-11-14, 2025-11-20, 2025-11-20T10:30+01:00",
        "THIRTY_DAYS, 2025-11-27, 2025-11-27T00:00, 2025-09-29, 2025-10-28, 2025-10-28T00:00+01:00",
        "YEAR, 2025-11-27, 2025-11-27T10:30, 2023-12-01, 2024-11-26, 2024-11-26T10:30+01:00",
    })
    void asMuchAsHasPassed(Period period, LocalDate date, String now, LocalDate first, LocalDate last, String through) {
        PreviousPeriod previous = previous(period, date, now);

        assertThat(previous.first()).isEqualTo(first);
        assertThat(previous.last()).isEqualTo(last);
        assertThat(previous.through()).isNotNull();
        assertThat(previous.through().toOffsetDateTime()).hasToString(through);
        assertThat(previous.interval().from())
                .isEqualTo(first.atStartOfDay(BERLIN).toInstant());
        assertThat(previous.interval().to()).isEqualTo(previous.through().toInstant());
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH, 2025-10-31, 2025-11-27T10:30, 2025-09-01, 2025-09-30", // the period is over
        "DAY, 2025-11-26, 2025-11-27T10:30, 2025-11-25, 2025-11-25",
        "WEEK, 2025-12-27, 2025-11-27T10:30, 2025-12-14, 2025-12-20", // the period has not begun
        "MONTH, 2025-03-31, 2025-03-31T10:30, 2025-02-01, 2025-02-28", // February is shorter than
        // what has passed of March
    })
    void allOfItWhereNothingIsToCome(Period period, LocalDate date, String now, LocalDate first, LocalDate last) {
        PreviousPeriod previous = previous(period, date, now);

        assertThat(previous.first()).isEqualTo(first);
        assertThat(previous.last()).isEqualTo(last);
        assertThat(previous.through()).isNull();
        assertThat(previous.interval()).isEqualTo(new Days(first, last, BERLIN).interval());
    }

    /** On the day before, clocks skipped 02:30: the time of day there is 03:30. */
    @Test
    void timeOfDayIsThatOfTheClocksThen() {
        PreviousPeriod previous = previous(Period.DAY, LocalDate.parse("2025-03-31"), "2025-03-31T02:30");

        assertThat(previous.through()).isNotNull();
        assertThat(previous.through().toInstant()).isEqualTo(Instant.parse("2025-03-30T01:30:00Z"));
    }

    private static PreviousPeriod previous(Period period, LocalDate date, String now) {
        Days days = period.endingWith(date, BERLIN);
        return PreviousPeriod.sameShare(
                days,
                period.before(days),
                ZonedDateTime.parse(now + ":00+01:00").withZoneSameLocal(BERLIN));
    }
}
