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
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTests {

    private static final String CHARACTERS = "0123456789-T:.Z+";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-11-12T19:30:01Z",
                "2025-11-12T19:30:01.234Z",
                "2024-02-29T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "2100-02-29T00:00:00.000Z",
                "2025-04-31T00:00:00Z",
                "2025-00-01T00:00:00Z",
                "2025-13-01T00:00:00Z",
                "2025-01-00T00:00:00Z",
                "2025-01-01T23:59:59.999Z",
                "2025-01-01T24:00:00Z",
                "2025-01-01T23:60:00Z",
                "2025-01-01T23:59:60Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2025-01-01T00:00Z",
                "2025-01-01T00:00:00.1Z",
                "2025-01-01T00:00:00.123456789Z",
                "2025-01-01t00:00:00z",
                "2025-01-01T00:00:00+05:45",
                "2025-01-01 00:00:00Z",
                "٢٠٢٥-01-01T00:00:00Z",
                ""
            })
    void readsWhatTheFormatterReads(String text) {
        assertSame(text);
    }

    @Test
    void readsWhatTheFormatterReadsOfAnything() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100_000; i++) {
            Instant instant = Instant.ofEpochMilli(random.nextLong(-62_000_000_000_000L, 250_000_000_000_000L));
            StringBuilder text =
                    new StringBuilder(instant.truncatedTo(i % 2 == 0 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS)
                            .toString());
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            assertSame(text.toString());
        }
    }

    private static void assertSame(String text) {
        Function<String, Instant> formatter =
                given -> OffsetDateTime.parse(given, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                        .toInstant()
                        .truncatedTo(ChronoUnit.MILLIS);
        assertThat(read(Timestamps::parse, text)).as(text).isEqualTo(read(formatter, text));
    }

    private static Optional<Instant> read(Function<String, Instant> reader, String text) {
        try {
            return Optional.of(reader.apply(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
