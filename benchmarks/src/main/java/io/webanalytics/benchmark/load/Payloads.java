package io.webanalytics.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The events that are sent: the README's event, on some paths and by some users. */
final class Payloads {

    private static final int PATHS = 211; // two primes, so that all combinations occur
    private static final int USERS = 1_009;
    private static final int DIFFERENT = 2_048;

    private static final Instant README = Instant.parse("2025-11-12T19:30:01Z");

    static final List<byte[]> EVENTS = events(README);

    private Payloads() {}

    static byte[] event(long number) {
        return EVENTS.get((int) (number % DIFFERENT));
    }

    /** Returns events of a time, each to be sent alone. */
    static List<byte[]> events(Instant time) {
        return IntStream.range(0, DIFFERENT)
                .mapToObj(number -> bytes(text(number, time.truncatedTo(ChronoUnit.MILLIS))))
                .toList();
    }

    /** Returns an array of events. */
    static byte[] events(int count) {
        return bytes(IntStream.range(0, count)
                .mapToObj(number -> text(number, README))
                .collect(Collectors.joining(",", "[", "]")));
    }

    private static String text(int number, Instant time) {
        return "{\"site_id\":\"site-abc-123\",\"event_type\":\"page_view\",\"path\":\"/articles/" + number % PATHS
                + "\",\"user_id\":\"user-" + number % USERS + "\",\"timestamp\":\"" + time + "\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
