package io.webanalytics.reporting.oracle;

import io.webanalytics.model.Event;
import io.webanalytics.model.EventField;
import io.webanalytics.model.Referrers;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Counts events one by one, by their local time, without any code of the reports. */
record Recount(Collection<Event> events, ZoneId zone, LocalDate from, LocalDate to) {

    private static final DateTimeFormatter LABEL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmxxx");

    /** Returns a recount of the events of the days that match. */
    Recount only(Predicate<Event> asked) {
        List<Event> some = events.stream()
                .filter(event -> !dateOf(event).isBefore(from) && !dateOf(event).isAfter(to))
                .filter(asked)
                .toList();
        return new Recount(some, zone, from, to);
    }

    long views() {
        return events.size();
    }

    long users() {
        return events.stream().map(Event::userId).distinct().count();
    }

    /** Returns {@code value=views} for each value, in the order of the reports. */
    List<String> ranking(String by) {
        Function<Event, String> value =
                switch (by) {
                    case "path" -> Event::path;
                    case "event_type" -> Event::eventType;
                    case "referrer" -> Recount::referrer;
                    case "hour_of_day" ->
                        event -> String.format(Locale.ROOT, "%02d", local(event).getHour());
                    default -> event -> local(event).getDayOfWeek().name().toLowerCase(Locale.ROOT);
                };
        Map<String, Long> counted = events.stream().collect(Collectors.groupingBy(value, Collectors.counting()));
        return switch (by) {
            case "hour_of_day" -> ofTime(counted, 24, hour -> String.format(Locale.ROOT, "%02d", hour));
            case "weekday" ->
                ofTime(counted, 7, day -> DayOfWeek.of(day + 1).name().toLowerCase(Locale.ROOT));
            default ->
                counted.entrySet().stream()
                        .sorted((a, b) -> a.getValue().equals(b.getValue())
                                ? compareCodePoints(a.getKey(), b.getKey())
                                : Long.compare(b.getValue(), a.getValue()))
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList();
        };
    }

    /** Returns {@code label views users} for each step. */
    List<String> steps(String interval) {
        Map<String, List<Event>> steps = new LinkedHashMap<>();
        Function<Event, String> label;
        if (interval.equals("hour")) {
            Map<String, String> labels = hours(steps);
            label = event -> labels.get(hourOf(local(event)));
        } else {
            from.datesUntil(to.plusDays(1)).forEach(date -> steps.put(first(date, interval), new ArrayList<>()));
            label = event -> first(dateOf(event), interval);
        }
        events.forEach(event -> steps.get(label.apply(event)).add(event));
        return steps.entrySet().stream()
                .map(step -> step.getKey() + " " + step.getValue().size() + " "
                        + step.getValue().stream().map(Event::userId).distinct().count())
                .toList();
    }

    /** Walks through every minute of the days. A step begins where the local hour or the offset changes. */
    private Map<String, String> hours(Map<String, List<Event>> steps) {
        Map<String, String> labels = new HashMap<>();
        Instant end = to.plusDays(1).atStartOfDay(zone).toInstant();
        for (Instant at = from.atStartOfDay(zone).toInstant(); at.isBefore(end); at = at.plus(1, ChronoUnit.MINUTES)) {
            ZonedDateTime local = at.atZone(zone);
            if (labels.putIfAbsent(hourOf(local), LABEL.format(local)) == null) {
                steps.put(LABEL.format(local), new ArrayList<>());
            }
        }
        return labels;
    }

    private static String hourOf(ZonedDateTime local) {
        return local.toLocalDate() + " " + local.getHour() + " " + local.getOffset();
    }

    private String first(LocalDate date, String interval) {
        LocalDate first =
                switch (interval) {
                    case "day" -> date;
                    case "week" -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    default -> date.withDayOfMonth(1);
                };
        return (first.isBefore(from) ? from : first).toString();
    }

    private static List<String> ofTime(Map<String, Long> counted, int values, Function<Integer, String> name) {
        List<String> all = new ArrayList<>();
        for (int value = 0; value < values; value++) {
            all.add(name.apply(value) + "=" + counted.getOrDefault(name.apply(value), 0L));
        }
        return all;
    }

    static String referrer(Event event) {
        return event.text(EventField.REFERRER) == null
                ? Referrers.DIRECT
                : Referrers.hostOf(event.text(EventField.REFERRER));
    }

    private static int compareCodePoints(String a, String b) {
        return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    private ZonedDateTime local(Event event) {
        return event.timestamp().atZone(zone);
    }

    private LocalDate dateOf(Event event) {
        return local(event).toLocalDate();
    }
}
