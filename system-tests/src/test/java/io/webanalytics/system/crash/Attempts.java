package io.webanalytics.system.crash;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.Document;

/** The events of a crash test, and the outcome of sending each. */
final class Attempts {

    static final String SITE = "crash";
    static final LocalDate FIRST_DAY = LocalDate.of(2025, 11, 10);
    static final int DAYS = 3;

    /** Events of an hour. The next events are of the next hour, so that hours become quiet and are rolled up. */
    private static final int EVENTS_OF_HOUR = 500;

    private static final int PATHS = 17;
    private static final int USERS = 101;

    enum Outcome {
        /** 202: the event must be there. */
        ACKNOWLEDGED,
        /** Nothing was sent, or the queue was full: the event must not be there. */
        REFUSED,
        /** The event may be there. */
        INDETERMINATE
    }

    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, Integer> together = new ConcurrentHashMap<>();
    private final Map<Integer, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Map<Integer, Instant> acknowledgedAt = new ConcurrentHashMap<>();

    /** Begins an attempt to send new events together. Returns the number of the first one. */
    int begin(int count) {
        int first = next.getAndAdd(count);
        together.put(first, count);
        return first;
    }

    /** Returns the first number of each group of events that were sent together and of which only some are stored. */
    List<Integer> torn(Set<Integer> stored) {
        return together.entrySet().stream()
                .filter(batch -> {
                    long there = IntStream.range(batch.getKey(), batch.getKey() + batch.getValue())
                            .filter(stored::contains)
                            .count();
                    return there > 0 && there < batch.getValue();
                })
                .map(Map.Entry::getKey)
                .toList();
    }

    void end(int number, Outcome outcome) {
        if (outcome == Outcome.ACKNOWLEDGED) {
            acknowledgedAt.put(number, Instant.now());
        }
        outcomes.put(number, outcome);
    }

    /** Counts the events whose acknowledgement senders had before an instant. */
    long acknowledgedBefore(Instant instant) {
        return acknowledgedAt.values().stream()
                .filter(at -> at.isBefore(instant))
                .count();
    }

    /** How many events were attempted. */
    int count() {
        return outcomes.size();
    }

    Map<Outcome, Long> counts() {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counts.put(
                    outcome, outcomes.values().stream().filter(outcome::equals).count());
        }
        return counts;
    }

    List<Integer> numbers(Outcome wanted) {
        List<Integer> numbers = new ArrayList<>();
        outcomes.forEach((number, outcome) -> {
            if (outcome == wanted) {
                numbers.add(number);
            }
        });
        return numbers;
    }

    /** What became of an event, or null where it was never attempted. */
    Outcome outcome(int number) {
        return outcomes.get(number);
    }

    /** Every second event has an {@code event_id}. The others may not be sent again. */
    static boolean isRepeatable(int number) {
        return number % 2 == 0;
    }

    /** The number of a stored event. */
    static int numberOf(Document stored) {
        String eventId = stored.getString("event_id");
        return Integer.parseInt(eventId == null ? stored.getString("user_id") : eventId);
    }

    static String event(int number) {
        String eventId = isRepeatable(number) ? "\"event_id\":\"" + number + "\"," : "";
        return "{" + eventId + "\"site_id\":\"" + SITE + "\",\"event_type\":\"page_view\",\"path\":\"" + path(number)
                + "\",\"user_id\":\"" + user(number) + "\",\"timestamp\":\"" + timestamp(number) + "\"}";
    }

    static LocalDate day(int number) {
        return FIRST_DAY.plusDays(number % DAYS);
    }

    static String path(int number) {
        return "/" + number % PATHS;
    }

    static String user(int number) {
        return isRepeatable(number) ? "u" + number % USERS : String.valueOf(number);
    }

    private static Instant timestamp(int number) {
        int hour = number / EVENTS_OF_HOUR % 24;
        return day(number).atTime(hour, 0).toInstant(ZoneOffset.UTC).plusMillis(number % 3_600_000);
    }
}
