package io.webanalytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTests {

    private static final String CHARACTERS = "0123456789-T:.Z+";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2025-11-12T19:30:01Z | 2025-11-12T19:30:01Z",
                "2025-11-12t19:30:01z | 2025-11-12T19:30:01Z",
                "2025-11-12 19:30:01Z | 2025-11-12T19:30:01Z",
                "2025-11-12 20:30:01+01:00 | 2025-11-12T19:30:01Z",
                "2025-11-12T20:30:01+0100 | 2025-11-12T19:30:01Z",
                "2025-11-12T20:30:01+01 | 2025-11-12T19:30:01Z",
                "2025-11-12T14:00:01.25-0530 | 2025-11-12T19:30:01.250Z",
                "2025-11-12T19:30:01-00:00 | 2025-11-12T19:30:01Z",
                "2025-11-12T19:30:01+23:59 | 2025-11-11T19:31:01Z",
                "2025-11-12T19:30:01-2359 | 2025-11-13T19:29:01Z",
                "2025-11-12T19:30:01+01:00:30 | 2025-11-12T18:29:31Z",
                "2025-11-12T19:30:01,5Z | 2025-11-12T19:30:01.500Z",
                "2025-11-12T19:30:01,5+01 | 2025-11-12T18:30:01.500Z",
                "2025-11-12T19:30:01.Z | 2025-11-12T19:30:01Z",
                "2025-11-12T19:30:01.1239999999999Z | 2025-11-12T19:30:01.123Z",
                "2025-11-12T19:30Z | 2025-11-12T19:30:00Z",
                "2025-11-12 19:30+0530 | 2025-11-12T14:00:00Z",
                "2024-02-29T00:00:00.000Z | 2024-02-29T00:00:00Z",
            })
    void timestampIsReadInEveryFormOfTheTwoStandards(String text, Instant expected) {
        assertThat(Timestamps.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59.999Z",
        "2016-12-31T23:59:60.000Z, 2016-12-31T23:59:59.999Z",
        "2016-12-31T23:59:60.7Z, 2016-12-31T23:59:59.999Z",
        "2015-06-30T23:59:60Z, 2015-06-30T23:59:59.999Z",
        "2024-02-29T23:59:60Z, 2024-02-29T23:59:59.999Z",
        "2017-01-01T00:59:60+01:00, 2016-12-31T23:59:59.999Z",
        "2017-01-01T05:29:60+0530, 2016-12-31T23:59:59.999Z",
        "1990-12-31T15:59:60-08:00, 1990-12-31T23:59:59.999Z",
    })
    void leapSecondIsTheLastMillisecondOfItsMinute(String text, Instant expected) {
        assertThat(Timestamps.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2016-12-30T23:59:60Z",
                "2016-12-31T22:59:60Z",
                "2016-12-31T23:58:60Z",
                "2016-12-31T23:59:60+01:00",
                "2016-12-31T23:59:61Z",
                "2025-01-01T00:00:60.000Z",
            })
    void thereAreNoLeapSecondsElsewhere(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025-11-12",
                "2025-11-12T19:30:01",
                "2025-11-12T19:30:01 Z",
                "2025-11-12T19:30:01Z ",
                "2025-11-12T19:30:01Z[UTC]",
                "2025-11-12T19:30:01UTC",
                "2025-11-12_19:30:01Z",
                "2025-11-12  19:30:01Z",
                "20251112T193001Z",
                "2025-W46-3T19:30:01Z",
                "2025-316T19:30:01Z",
                "+02025-11-12T19:30:01Z",
                "12025-11-12T19:30:01Z",
                "25-11-12T19:30:01Z",
                "2025-11-12T19Z",
                "2025-11-12T19:30.5Z",
                "2025-11-12T19:3:01Z",
                "2025-11-12T24:00:00Z",
                "2025-11-12T23:60:00Z",
                "2023-02-29T00:00:00Z",
                "2100-02-29T00:00:00.000Z",
                "2025-04-31T00:00:00+00",
                "2025-00-01T00:00:00Z",
                "2025-13-01T00:00:00Z",
                "2025-01-00T00:00:00Z",
                "2025-11-12T19:30:01+1",
                "2025-11-12T19:30:01+1:00",
                "2025-11-12T19:30:01+010",
                "2025-11-12T19:30:01+01:0",
                "2025-11-12T19:30:01+24:00",
                "2025-11-12T19:30:01+01:60",
                "2025-11-12T19:30:01\u221201:00",
                "٢٠٢٥-01-01T00:00:00Z",
            })
    void whatIsNeitherStandardsTimestampIsRefused(String text) {
        assertRefused(text);
    }

    @Test
    void whatTheFormatterReadsIsReadTheSame() {
        SplittableRandom random = new SplittableRandom(7);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            Instant instant = Instant.ofEpochMilli(random.nextLong(-62_000_000_000_000L, 250_000_000_000_000L));
            StringBuilder text =
                    new StringBuilder(instant.truncatedTo(i % 2 == 0 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS)
                            .toString());
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            Optional<Instant> expected = read(TimestampsTests::format, text.toString());
            if (expected.isPresent()) {
                assertThat(read(Timestamps::parse, text.toString()))
                        .as(text.toString())
                        .isEqualTo(expected);
                read++;
            }
        }
        assertThat(read).isGreaterThan(40_000);
    }

    private static Instant format(String text) {
        return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .toInstant()
                .truncatedTo(ChronoUnit.MILLIS);
    }

    private static void assertRefused(String text) {
        assertThat(read(Timestamps::parse, text)).as(text).isEmpty();
    }

    private static Optional<Instant> read(Function<String, Instant> reader, String text) {
        try {
            return Optional.of(reader.apply(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
