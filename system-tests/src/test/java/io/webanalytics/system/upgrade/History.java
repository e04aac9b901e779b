package io.webanalytics.system.upgrade;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What senders sent: every field in all its forms, at the edges of days, of hours and of half and quarter hours. What is recorded
 * already is asked about by the sites and days that are named here.
 */
final class History {

    static final List<String> SITES = List.of("shop.example", "Blog_2:eu");

    /** A site with more users in an hour than a rollup keeps without a sketch. */
    static final String CROWD = "crowd.example";

    static final List<String> DAYS = List.of("2025-03-08", "2025-03-09", "2025-03-10");

    private static final int CROWD_USERS = 8_200;
    private static final int TIMES = 25;

    private static final List<String> CLOCK = List.of(
            "00:00:00Z",
            "00:14:59.999Z",
            "05:15:00Z",
            "05:44:59.999999Z",
            "10:00:00.000Z",
            "10:29:59.999Z",
            "15:30:00.5Z",
            "18:29:59.999Z",
            "18:30:00Z",
            "23:59:59.999Z");

    /** An hour of the later days that nothing came to in time. */
    private static final String LATE_CLOCK = "12:10:0%dZ";

    private static final List<String> TYPES =
            List.of("page_view", "page_view", "signup", "page_view", "purchase:v1.2", "page_view", "page_view");

    private static final List<String> PATHS = List.of(
            "/", "/pricing", "/docs/?id=7", "/büro/straße", "/日本/語", "/a%20b", "/😀", "/quote\\\"s\\\\", "/e\\u0301");

    private static final List<String> USERS = List.of(
            "user-1", "user-2", "Jürgen", "用户-3", "😀-4", "a b\\\"c", "user-5", "u".repeat(128), "user-6", "-7", "0");

    /** As they are written behind the other fields. */
    private static final List<String> ATTRIBUTES = List.of(
            "",
            ", \"referrer\": \"https://news.example.com/today?page=2\", \"session_id\": \"visit-1\"",
            ", \"referrer\": \"\", \"session_id\": \"\", \"properties\": {}",
            ", \"properties\": {\"plan\": \"team\", \"seats\": 12, \"trial\": true, \"paid\": false, \"share\": 0.25}",
            ", \"referrer\": \"https://bücher.example:8080/neu\", \"properties\": {\"größe\": \"süß 😀\", \"empty\": \"\"}",
            ", \"referrer\": \"http://[2001:DB8:0::1]/x\", \"session_id\": \"visit-2\"",
            ", \"referrer\": \"not an address\", \"properties\": {\"long\": 9223372036854775807, \"least\": -9223372036854775808}",
            ", \"referrer\": \"//WWW.Example.COM./path\", \"properties\": {\"beyond\": 9223372036854775808, \"exp\": -1.5e-7}",
            ", \"referrer\": \"android-app://com.example.app/\", \"unknown\": {\"skipped\": [1, 2]}, \"session_id\": null",
            ", \"referrer\": \"https://user:pw@login.example/?q=a|b\", \"properties\": {\"text\": \"a\\u0007b\\nc\", \"none\": null}",
            ", \"referrer\": \"https://deep.example/#/a?b=//c\", \"session_id\": \"séance 😀\"",
            ", \"properties\": {" + entries() + "}",
            ", \"properties\": {\"zero\": 0, \"minus\": -0.0, \"whole\": 1.0, \"huge\": 1e400, \"" + "k".repeat(65)
                    + "\": 1}");

    /** Of one event: it is large. */
    private static final String LONG = ", \"referrer\": \"https://long.example/" + "r".repeat(2_100)
            + "\", \"session_id\": \"" + "s".repeat(200) + "\"";

    private static final int WITH_LONG = 23;

    private History() {}

    private static String entries() {
        return String.join(
                ", ",
                IntStream.range(0, 32)
                        .mapToObj(i -> "\"p%d\": %d".formatted(i, i * i))
                        .toList());
    }

    /** All that came in time. */
    static List<String> inTime() {
        return IntStream.range(0, SITES.size() * DAYS.size() * TIMES)
                .mapToObj(i -> event(i, DAYS.get(i / 2 % DAYS.size()) + "T" + CLOCK.get(i / 6 % CLOCK.size())))
                .toList();
    }

    /** Different ones of the days after the first. */
    static List<String> later(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> event(
                        1_000 + i,
                        DAYS.get(1 + i / 2 % 2)
                                + "T"
                                + (i % 3 == 0 ? LATE_CLOCK.formatted(i % 10) : CLOCK.get(i % CLOCK.size()))))
                .toList();
    }

    /** Those that have an id of their own, and are not of the first day. */
    static List<String> repeatable(List<String> events) {
        return events.stream()
                .filter(event -> event.contains("event_id") && !event.contains(DAYS.get(0)))
                .toList();
    }

    static List<String> crowd() {
        return Stream.concat(
                        IntStream.range(0, CROWD_USERS)
                                .mapToObj(i -> crowd("visitor-" + i, DAYS.get(0) + "T10:15:00Z")),
                        IntStream.range(0, 5).mapToObj(i -> crowd("visitor-x" + i, DAYS.get(1) + "T10:15:00Z")))
                .toList();
    }

    private static String crowd(String user, String timestamp) {
        return "{\"site_id\": \"%s\", \"event_type\": \"page_view\", \"path\": \"/\", \"user_id\": \"%s\", \"timestamp\": \"%s\"}"
                .formatted(CROWD, user, timestamp);
    }

    private static String event(int i, String timestamp) {
        String id = i % 3 == 0 ? ", \"event_id\": \"key:%d\"".formatted(i) : "";
        return "{\"site_id\": \"%s\", \"event_type\": \"%s\", \"path\": \"%s\", \"user_id\": \"%s\", \"timestamp\": \"%s\"%s%s}"
                .formatted(
                        SITES.get(i % SITES.size()),
                        TYPES.get(i / 2 % TYPES.size()),
                        PATHS.get(i * 7 % PATHS.size()),
                        USERS.get(i * 3 % USERS.size()),
                        timestamp,
                        id,
                        i == WITH_LONG ? LONG : ATTRIBUTES.get(i % ATTRIBUTES.size()));
    }
}
