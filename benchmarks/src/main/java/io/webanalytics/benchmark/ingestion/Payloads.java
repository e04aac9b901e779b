package io.webanalytics.benchmark.ingestion;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What senders send: the README's event, on some paths and by some users. */
final class Payloads {

    private static final int PATHS = 211; // both are primes, so that all combinations come
    private static final int USERS = 1_009;
    private static final int DIFFERENT = 2_048;

    static final List<byte[]> EVENTS = IntStream.range(0, DIFFERENT)
            .mapToObj(Payloads::text)
            .map(Payloads::bytes)
            .toList();

    private Payloads() {}

    static byte[] event(long number) {
        return EVENTS.get((int) (number % DIFFERENT));
    }

    /** An array of events. */
    static byte[] events(int count) {
        return bytes(IntStream.range(0, count).mapToObj(Payloads::text).collect(Collectors.joining(",", "[", "]")));
    }

    private static String text(int number) {
        return "{\"site_id\":\"site-abc-123\",\"event_type\":\"page_view\",\"path\":\"/articles/" + number % PATHS
                + "\",\"user_id\":\"user-" + number % USERS + "\",\"timestamp\":\"2025-11-12T19:30:01Z\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
