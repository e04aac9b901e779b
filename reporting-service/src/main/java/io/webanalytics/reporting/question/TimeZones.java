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
 * The time zones that a request may name: exactly those of the IANA database, links included. The Java runtime lacks some of them,
 * and has others such as {@code SystemV/PST8PDT} and {@code +01:00}.
 *
 * @see <a href="https://www.iana.org/time-zones">The IANA time zone database</a>
 */
final class TimeZones {

    /** Each name, with the text after it in the list, which may be empty. */
    private static final Map<String, String> NAMES = read();

    static {
        MissingZones missing = new MissingZones(NAMES);
        if (!missing.provideZoneIds().isEmpty()) {
            ZoneRulesProvider.registerProvider(missing);
        }
    }

    private TimeZones() {}

    /** Returns a zone by its name; null where the database has none of that name. */
    static @Nullable ZoneId of(String name) {
        return NAMES.containsKey(name) ? ZoneId.of(name) : null;
    }

    /** Returns every name with the form of its rules for runtimes that lack it: see {@link MissingZones}. */
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
