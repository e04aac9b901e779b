package io.webanalytics.reporting.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The zones that a request may name. They are the same on every Java. */
class TimeZonesTests {

    @Test
    void everyNameIsAZone() {
        assertThat(TimeZones.names()).hasSize(598);
        for (String name : TimeZones.names().keySet()) {
            ZoneId zone = Objects.requireNonNull(TimeZones.of(name), name);
            assertThat(ZonedDateTime.ofInstant(Instant.EPOCH, zone).getOffset().getTotalSeconds())
                    .as(name)
                    .isBetween(-18 * 3_600, 18 * 3_600);
        }
    }

    /** A name that a newer Java knows and the list lacks must be added to the list. */
    @Test
    void noNameOfThisJavaIsMissing() {
        Set<String> others = new TreeSet<>(ZoneId.getAvailableZoneIds());
        others.removeAll(TimeZones.names().keySet());

        assertThat(others).allMatch(name -> name.startsWith("SystemV/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SystemV/PST8PDT",
                "+01:00",
                "Z",
                "UTC+1",
                "UTC+01:00",
                "GMT+1",
                "UT",
                "europe/berlin",
                "Europe/Atlantis",
                "posix/Europe/Berlin",
                "CTT",
                "IST",
                "",
                " UTC"
            })
    void whatTheDatabaseDoesNotHaveIsNoZone(String name) {
        assertThat(TimeZones.of(name)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "EST, 2025-07-01T00:00:00Z, -05:00",
        "MST, 2025-07-01T00:00:00Z, -07:00",
        "HST, 2025-07-01T00:00:00Z, -10:00",
        "EST5EDT, 2025-07-01T00:00:00Z, -04:00",
        "ROC, 2025-07-01T00:00:00Z, +08:00",
        "GMT+0, 2025-07-01T00:00:00Z, Z",
        "GMT-0, 2025-07-01T00:00:00Z, Z",
        "Factory, 2025-07-01T00:00:00Z, Z",
        "Europe/Kyiv, 2025-07-01T00:00:00Z, +03:00",
        "America/Coyhaique, 2024-07-01T00:00:00Z, -04:00",
        "America/Coyhaique, 2025-03-20T02:59:59Z, -03:00",
        "America/Coyhaique, 2025-07-01T00:00:00Z, -03:00",
        "America/Coyhaique, 2040-07-01T00:00:00Z, -03:00",
        "America/Ciudad_Juarez, 2022-11-15T00:00:00Z, -06:00",
        "America/Ciudad_Juarez, 2023-07-01T00:00:00Z, -06:00",
        "America/Ciudad_Juarez, 2023-12-01T00:00:00Z, -07:00",
    })
    void linksAndYoungZonesHaveTheirOffsets(String name, Instant instant, ZoneOffset offset) {
        assertThat(Objects.requireNonNull(TimeZones.of(name)).getRules().getOffset(instant))
                .isEqualTo(offset);
    }

    /** Compares the zones that this Java knows itself. The rules of the others are derived in the same way. */
    @Test
    void rulesThatStandInForMissingOnesAreTheSame() {
        int compared = 0;
        for (Map.Entry<String, String> zone : TimeZones.names().entrySet()) {
            if (!zone.getValue().isEmpty() && ZoneId.getAvailableZoneIds().contains(zone.getKey())) {
                ZoneRules own = ZoneId.of(zone.getKey()).getRules();
                ZoneRules standIn = MissingZones.read(zone.getValue());
                LocalDate.of(2000, 1, 1)
                        .datesUntil(LocalDate.of(2040, 1, 1))
                        .flatMap(date -> IntStream.range(0, 24)
                                .mapToObj(hour -> date.atTime(hour, 0).toInstant(ZoneOffset.UTC)))
                        .forEach(instant -> assertThat(standIn.getOffset(instant))
                                .as("%s at %s", zone.getKey(), instant)
                                .isEqualTo(own.getOffset(instant)));
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }
}
