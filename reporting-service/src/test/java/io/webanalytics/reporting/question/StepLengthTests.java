package io.webanalytics.reporting.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepLengthTests {

    @ParameterizedTest
    @CsvSource({
        "Asia/Kolkata,        2025-11-12T12:30:00Z, 2025-11-12T13:30:00Z",
        "Europe/Berlin,       2025-03-30T00:00:00Z, 2025-03-30T01:00:00Z", // 01:00, and 02:00 never comes
        "Europe/Berlin,       2025-03-30T01:00:00Z, 2025-03-30T02:00:00Z", // 03:00
        "Europe/Berlin,       2025-10-26T00:00:00Z, 2025-10-26T01:00:00Z", // 02:00, for the first time
        "Australia/Lord_Howe, 2025-10-04T14:30:00Z, 2025-10-04T15:30:00Z", // 01:00, and 02:30 comes next
        "Australia/Lord_Howe, 2025-10-04T15:30:00Z, 2025-10-04T16:00:00Z", // 02:30, in an hour that began in the gap
        "Australia/Lord_Howe, 2025-04-05T14:00:00Z, 2025-04-05T15:00:00Z", // 01:00, and 01:30 comes again
        "Australia/Lord_Howe, 2025-04-05T15:00:00Z, 2025-04-05T15:30:00Z", // 01:30, for the second time
        "America/St_Johns,    2006-04-02T03:30:00Z, 2006-04-02T03:31:00Z", // 00:00, and 01:01 comes next
        "America/St_Johns,    2006-04-02T03:31:00Z, 2006-04-02T04:30:00Z" // 01:01, in an hour that began in the gap
    })
    void hourEndsWithTheClocksHourOrWhereTheyChange(String zone, Instant start, Instant end) {
        assertThat(StepLength.endOfHour(start, ZoneId.of(zone))).isEqualTo(end);
    }
}
