package io.webanalytics.reporting.question;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The time zones that a question may name: all of the IANA database, links included, and no others, whatever the Java runtime knows.
 * It has other names too, such as {@code SystemV/PST8PDT} and {@code +01:00}, and lacks some.
 *
 * @see <a href="https://www.iana.org/time-zones">The IANA time zone database</a>
 */
final class TimeZones {

    /** What stands behind a name in the list, or nothing. */
    private static final Map<String, String> NAMES = read();

    static {
        MissingZones missing = new MissingZones(NAMES);
        if (!missing.provideZoneIds().isEmpty()) {
            ZoneRulesProvider.registerProvider(missing);
        }
    }

    private TimeZones() {}

    /** Null where there is no zone of that name. */
    static @Nullable ZoneId of(String name) {
        return NAMES.containsKey(name) ? ZoneId.of(name) : null;
    }

    /** Every name, and how else its rules are to be had, where some runtime does not have them. */
    static Map<String, String> names() {
        return NAMES;
    }

    private static Map<String, String> read() {
        Map<String, String> names = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TimeZones.class.getResourceAsStream("time-zones.txt")),
                StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] parts = line.split(" = ", 2);
                names.put(parts[0], parts.length > 1 ? parts[1] : "");
            });
            return Collections.unmodifiableMap(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
