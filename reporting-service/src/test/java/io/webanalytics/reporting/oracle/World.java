package io.webanalytics.reporting.oracle;

import io.webanalytics.model.Event;
import io.webanalytics.model.EventField;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The place and time of the events of one case: days around one of {@link #DAYS}. */
final class World {

    /** Zones at odd offsets and with odd changes, each with days on which its clocks change. */
    private static final List<String> DAYS = List.of(
            "UTC 2025-11-12",
            "UTC 2024-02-29",
            "Europe/Berlin 2025-03-30",
            "Europe/Berlin 2025-10-26",
            "America/New_York 2025-03-09",
            "America/New_York 2025-11-02",
            "Asia/Kolkata 2025-12-31",
            "Asia/Kathmandu 2025-06-01",
            "Australia/Lord_Howe 2025-04-06",
            "Australia/Lord_Howe 2025-10-05",
            "Pacific/Chatham 2025-04-06",
            "America/Sao_Paulo 2018-11-04",
            "Asia/Beirut 2025-03-30",
            "Africa/Casablanca 2025-02-23",
            "Pacific/Apia 2011-12-31",
            "America/St_Johns 2006-04-02");

    private static final List<String> PATHS = List.of(
            "/",
            "/a",
            "/a/b",
            "/pricing",
            "/blog/1",
            "/blog/2",
            "/B",
            "/é",
            "/\uFF71",
            "/\uD83D\uDE00",
            "/a\u2028b",
            "/a b?c=*");

    private static final List<String> REFERRERS = List.of(
            "https://news.example/x",
            "https://NEWS.example:8443",
            "http://sub.news.example/",
            "no url",
            "//other.example");

    final ZoneId zone;
    final LocalDate center;
    private final Random random;
    private final List<Event> retried = new ArrayList<>();

    World(Random random) {
        String[] day = DAYS.get(random.nextInt(DAYS.size())).split(" ");
        this.random = random;
        this.zone = ZoneId.of(day[0]);
        this.center = LocalDate.parse(day[1]);
    }

    /** A new event, or one that its sender sends again. */
    Event event() {
        if (!retried.isEmpty() && random.nextInt(8) == 0) {
            return pick(retried);
        }
        Event event = newEvent();
        if (event.eventId() != null) {
            retried.add(event);
        }
        return event;
    }

    private Event newEvent() {
        String type = random.nextInt(5) == 0 ? "click" : "page_view";
        String referrer = random.nextBoolean() ? null : pick(REFERRERS);
        return new Event(
                        random.nextInt(8) == 0 ? "other" : "s",
                        type,
                        pick(PATHS),
                        "user-" + random.nextInt(1 + random.nextInt(60)),
                        instant(),
                        random.nextInt(3) == 0 ? "id-" + random.nextInt(30) : null)
                .with(EventField.REFERRER, referrer);
    }

    /** Returns an instant within five days, often at the bounds of an hour or of the local day. */
    private Instant instant() {
        LocalDate date = center.plusDays(random.nextInt(5) - 2);
        Instant start = date.atStartOfDay(zone).toInstant();
        return switch (random.nextInt(4)) {
            case 0 -> start.minusMillis(random.nextInt(2));
            case 1 -> start.plus(random.nextInt(25), ChronoUnit.HOURS).minusMillis(random.nextInt(2));
            default -> start.plusMillis(random.nextInt(86_400_000));
        };
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
