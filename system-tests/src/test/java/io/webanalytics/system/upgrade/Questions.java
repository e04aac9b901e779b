package io.webanalytics.system.upgrade;

import io.webanalytics.testing.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What reports are asked about the {@link History}. */
final class Questions {

    private static final JsonMapper JSON = new JsonMapper();

    private Questions() {}

    static List<String> all() {
        String days = "&from=" + History.DAYS.get(0) + "&to=" + History.DAYS.get(2);
        List<String> questions = new ArrayList<>();
        for (String site : History.SITES) {
            String of = "?meta=true&site_id=" + site;
            History.DAYS.forEach(day -> questions.add("/stats" + of + "&date=" + day));
            questions.add("/stats" + of + days + "&event_type=*&limit=1000");
            questions.add("/stats" + of + days + "&path=/*&limit=1000"); // reads all events
            questions.add("/stats" + of + days + "&timezone=Asia/Kolkata");
            questions.add("/stats" + of + "&date=2025-03-09&timezone=Asia/Kathmandu&compare=previous_period");
            questions.add("/stats" + of + days + "&path=/pricing*&referrer=(direct)");
            questions.add("/stats" + of + days + "&referrer=*.example");
            questions.add("/stats/timeseries" + of + days + "&interval=day");
            questions.add("/stats/timeseries" + of + "&date=2025-03-09&timezone=Asia/Kolkata");
            for (String by : List.of("path", "event_type", "referrer", "weekday")) {
                questions.add("/stats/breakdown" + of + days + "&by=" + by);
            }
            questions.add("/stats/breakdown" + of + days + "&by=hour_of_day&timezone=Asia/Kathmandu&event_type=*");
            questions.add("/stats/breakdown" + of + days + "&by=referrer&event_type=signup");
        }
        String of = "?meta=true&site_id=" + History.CROWD;
        questions.add("/stats" + of + "&date=" + History.DAYS.get(0));
        questions.add("/stats" + of + days); // more users than are counted one by one
        questions.add("/stats/timeseries" + of + days);
        return questions;
    }

    /** The answers of a reporting service, without what is another each time. */
    static Map<String, JsonNode> ask(String reporting, Iterable<String> questions) {
        Map<String, JsonNode> answers = new TreeMap<>();
        for (String question : questions) {
            JsonNode answer = JSON.readTree(Http.get(reporting + question).body());
            if (answer.get("meta") instanceof ObjectNode meta) {
                meta.remove(List.of("generated_at", "took_ms"));
            }
            answers.put(question, answer);
        }
        return answers;
    }
}
