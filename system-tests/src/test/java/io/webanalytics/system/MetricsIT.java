package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import io.webanalytics.testing.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metrics that the README lists exist, have descriptions, and agree with the ledger and the database. */
class MetricsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SITE = "metrics.example.com";
    private static final int SENT = 2_500; // of two days
    private static final int SENT_TWICE = 500;
    private static final int INVALID = 7;
    private static final int NO_EVENTS = 3;

    /** A line of the table: each name with the labels that it lists. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (`[a-z_{}`, ]+`) \\| (ingestion|processor|reporting) \\|");

    private static final Pattern NAME = Pattern.compile("`([a-z_]+)(?:\\{([a-z_]+)})?`");

    /** Families of Spring, Tomcat, the drivers and the JVM. All others are ours. */
    private static final Pattern OTHERS =
            Pattern.compile("(application|disk|executor|http|jvm|lettuce|logback|mongodb|process|system|tomcat)_.*");

    private static Analytics analytics;
    private static Map<String, Service> services;

    /** @param label that the README names, empty where it names none */
    private record Listed(String service, String name, String label) {}

    @BeforeAll
    static void runUnderLoad() throws Exception {
        analytics = new Analytics();
        services = Map.of(
                "ingestion", analytics.ingestion,
                "processor", analytics.processor,
                "reporting", analytics.reporting);
        List<String> events = new ArrayList<>(AccessLog.events(SITE).subList(0, SENT));
        events.addAll(events.subList(0, SENT_TWICE));
        try (Senders senders = new Senders(analytics.ingestion)) {
            Senders.awaitAll(senders.send(events));
        }
        for (int i = 0; i < INVALID; i++) {
            Http.postJson(analytics.ingestion.url("/event"), "{}");
        }
        String cut = events.get(0).replace("{", "{\"referrer\":\"https://example.org/" + "a".repeat(3_000) + "\",");
        assertThat(Http.postJson(analytics.ingestion.url("/event"), cut).statusCode())
                .isEqualTo(202);
        analytics.acceptNoEvents(NO_EVENTS);
        await().atMost(SOON)
                .until(() -> analytics.figure("settled") + NO_EVENTS == analytics.figure("accepted")
                        && analytics.dead() == NO_EVENTS);
    }

    @AfterAll
    static void stop() {
        analytics.close();
    }

    @Test
    void everyMetricOfTheReadmeIsThereAndHasADescription() throws IOException {
        assertThat(listed()).hasSizeGreaterThan(20).allSatisfy(listed -> {
            Metrics metrics = Metrics.of(services.get(listed.service));
            assertThat(metrics.descriptions().get(listed.name)).as(listed.name).isNotBlank();
            assertThat(metrics.samples())
                    .as(listed + " has a sample")
                    .anyMatch(sample -> sample.name().startsWith(listed.name)
                            && sample.labels().contains(listed.label));
        });
    }

    @Test
    void everyMetricOfOursIsInTheReadme() throws IOException {
        List<Listed> listed = listed();
        services.forEach((service, process) -> {
            List<String> names = listed.stream()
                    .filter(one -> one.service.equals(service))
                    .flatMap(
                            one -> Stream.of(one.name, one.name + "_max")) // that of a histogram is a family of its own
                    .toList();
            assertThat(Metrics.of(process).descriptions().keySet())
                    .filteredOn(name -> !OTHERS.matcher(name).matches())
                    .as("metrics of " + service)
                    .isNotEmpty()
                    .isSubsetOf(names);
        });
    }

    @Test
    void countersAgreeWithTheLedgerAndTheDatabase() {
        Metrics ingestion = Metrics.of(analytics.ingestion);
        Metrics processor = Metrics.of(analytics.processor);
        double accepted = analytics.figure("accepted");

        assertThat(ingestion.sum("events_accepted_total")).isEqualTo(accepted - NO_EVENTS);
        assertThat(ingestion.sum("events_rejected_total")).isEqualTo(INVALID);
        assertThat(ingestion.sum("events_cut_total", "field=\"referrer\"")).isEqualTo(1);
        assertThat(processor.sum("events_settled_total")).isEqualTo(analytics.figure("settled"));
        assertThat(processor.sum("events_settled_total") - processor.sum("events_duplicate_total"))
                .as("events that were new")
                .isEqualTo(analytics.stored());
        assertThat(processor.sum("events_duplicate_total")).isEqualTo(SENT_TWICE + 1);
        assertThat(processor.sum("events_dead_total")).isEqualTo(NO_EVENTS);
        assertThat(processor.sum("batch_size_events_sum")).isEqualTo(accepted);
        assertThat(processor.sum("batch_size_events_count")).isEqualTo(analytics.figure("claims"));
        assertThat(processor.sum("insert_time_seconds_count")).isBetween(1.0, processor.sum("batch_size_events_count"));
    }

    @Test
    void gaugesAreTheLedger() {
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode ledger =
                    JSON.readTree(Http.get(analytics.processor.url("/ledger")).body());
            Metrics processor = Metrics.of(analytics.processor);
            for (String figure : List.of("accepted", "settled", "discarded", "dead", "in_flight", "queued")) {
                assertThat(processor.sum("ledger_events", "figure=\"" + figure + "\""))
                        .as(figure)
                        .isEqualTo(ledger.get(figure).asDouble());
            }
            assertThat(processor.sum("ledger_balanced")).isEqualTo(1);
            assertThat(processor.sum("ledger_holders")).isZero();
            assertThat(processor.sum("queue_oldest_age_seconds")).isZero();
            assertThat(processor.sum("queue_snapshot_age_seconds")).isBetween(0.0, 3.0);
        });
    }

    @Test
    void whatIsToldOfRollupsIsWhatIsThere() {
        await().atMost(SOON).untilAsserted(() -> {
            Metrics processor = Metrics.of(analytics.processor);
            assertThat(processor.sum("rollup_due")).isZero();
            assertThat(processor.sum("rollup_due_oldest_age_seconds")).isZero();
            assertThat(analytics.rollups(Filters.exists("dirty_since"))).isZero();
            // One that was marked again meanwhile was built again.
            assertThat(processor.sum("rollup_built_total", "unit=\"hour\""))
                    .isGreaterThanOrEqualTo(analytics.rollups(Filters.regex("_id", "/hour/")));
            assertThat(processor.sum("rollup_built_total", "unit=\"day\""))
                    .isGreaterThanOrEqualTo(analytics.rollups(Filters.regex("_id", "/day/")));
        });
        assertThat(analytics.verify(SITE).get("differing").asDouble())
                .isEqualTo(Metrics.of(analytics.processor).sum("rollup_differences_total"))
                .isZero();
    }

    private static List<Listed> listed() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("project.root"), "README.md"));
        return ROW.matcher(readme)
                .results()
                .flatMap(row -> NAME.matcher(row.group(1))
                        .results()
                        .map(name -> new Listed(
                                row.group(2), name.group(1), name.group(2) == null ? "" : name.group(2) + "=\"")))
                .toList();
    }
}
