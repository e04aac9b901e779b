package io.webanalytics.system.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Projections;
import io.webanalytics.system.crash.Attempts.Outcome;
import io.webanalytics.testing.Http;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the events that were sent with those that are stored. */
final class Checker {

    private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(3);
    private static final JsonMapper JSON = new JsonMapper();

    private final CrashSystem system;
    private final Attempts attempts;
    private int replayed;

    Checker(CrashSystem system, Attempts attempts) {
        this.system = system;
        this.attempts = attempts;
    }

    /** The result of a run, by the numbers of the events. */
    record Findings(Set<Integer> lost, Set<Integer> duplicated, Set<Integer> unexpected, Set<Integer> stored) {}

    /** How many dead letters were replayed: elements that three workers died with. */
    int replayed() {
        return replayed;
    }

    /** Waits until everything accepted is settled. Dead letters are replayed, since their cause is over now. */
    JsonNode awaitDrained() {
        await("an empty queue")
                .atMost(DRAIN_TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(this::isDrained);
        return ledger();
    }

    private boolean isDrained() {
        JsonNode ledger = ledger();
        if (!ledger.has("dead")) {
            return false; // the ledger is not available now
        }
        if (ledger.get("dead").asLong() > 0) {
            replayAll();
        }
        return ledger.get("queued").asLong()
                        + ledger.get("in_flight").asLong()
                        + ledger.get("dead").asLong()
                == 0;
    }

    private void replayAll() {
        JsonNode letters =
                JSON.readTree(Http.get(processorUrl("/dead-letters?limit=100")).body());
        assertThat(letters.get("letters").values())
                .as("dead letters")
                .allMatch(letter -> letter.get("reason").asString().equals("worker_died"));
        String answer = Http.postJson(processorUrl("/dead-letters/replay"), "").body();
        replayed += JSON.readTree(answer).get("replayed").asInt();
    }

    JsonNode ledger() {
        return JSON.readTree(Http.get(processorUrl("/ledger")).body());
    }

    /** Finds acknowledged events that are lost, events stored twice, and stored events that were refused or never attempted. */
    Findings compare() {
        Map<Integer, Integer> copies = new HashMap<>();
        for (Document event : system.stored().find().projection(Projections.include("event_id", "user_id"))) {
            copies.merge(Attempts.numberOf(event), 1, Integer::sum);
        }
        Set<Integer> lost = new HashSet<>(attempts.numbers(Outcome.ACKNOWLEDGED));
        lost.removeAll(copies.keySet());
        Set<Integer> unexpected = copies.keySet().stream()
                .filter(number -> attempts.outcome(number) == null || attempts.outcome(number) == Outcome.REFUSED)
                .collect(Collectors.toSet());
        Set<Integer> duplicated = copies.keySet().stream()
                .filter(number -> copies.get(number) > 1)
                .collect(Collectors.toSet());
        return new Findings(lost, duplicated, unexpected, copies.keySet());
    }

    /** Asserts that the statistics of every day equal a recount. */
    void assertStatistics(Collection<Integer> stored) {
        for (int i = 0; i < Attempts.DAYS; i++) {
            LocalDate day = Attempts.FIRST_DAY.plusDays(i);
            List<Integer> events =
                    stored.stream().filter(n -> Attempts.day(n).equals(day)).toList();
            JsonNode stats = JSON.readTree(
                    Http.get(system.reporting.url("/stats?site_id=" + Attempts.SITE + "&limit=1000&date=" + day))
                            .body());
            assertThat(stats.get("total_views").asLong()).as("views of " + day).isEqualTo(events.size());
            assertThat(stats.get("unique_users").asLong())
                    .as("users of " + day)
                    .isEqualTo(events.stream().map(Attempts::user).distinct().count());
            Map<String, Long> paths =
                    events.stream().collect(Collectors.groupingBy(Attempts::path, Collectors.counting()));
            assertThat(stats.get("top_paths").values())
                    .as("paths of " + day)
                    .hasSize(paths.size())
                    .allMatch(path -> paths.get(path.get("path").asString())
                            .equals(path.get("views").asLong()));
        }
    }

    private String processorUrl(String path) {
        return system.processors.get(0).url(path);
    }
}
