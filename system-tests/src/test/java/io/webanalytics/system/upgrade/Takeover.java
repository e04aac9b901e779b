package io.webanalytics.system.upgrade;

import io.webanalytics.system.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a release makes of what is stored: the one that stored it, and each later one, must come to the same.
 *
 * @param before the reports, with no processor running
 * @param letters the dead letters, once the queue is empty
 * @param after the reports, once a letter was replayed, events were sent again, and all is rolled up
 * @param ledger the ledger's figures then
 * @param differing how many figures of rollups differ from their events then
 * @param checked how many rollups were compared with their events
 */
record Takeover(
        Map<String, JsonNode> before,
        JsonNode letters,
        Map<String, JsonNode> after,
        JsonNode ledger,
        long differing,
        long checked) {

    private static final List<String> FIGURES =
            List.of("balanced", "accepted", "settled", "discarded", "dead", "in_flight", "queued");

    /** @param sentAgain events of which the database or the queue has copies */
    static Takeover of(Installation installation, Set<String> questions, List<String> sentAgain) {
        try (Service reporting = installation.reporting();
                Service ingestion = installation.ingestion()) {
            reporting.awaitReady();
            Map<String, JsonNode> before = Questions.ask(reporting.url(""), questions);
            try (Service processor =
                    installation.processor("--processor.rollup-quiet=1s", "--processor.rollup-patrol=1s")) {
                ingestion.awaitReady();
                processor.awaitReady();
                Installation.awaitStored(processor);
                JsonNode letters = Installation.get(processor, "/dead-letters");
                replay(processor, letters);
                Installation.send(ingestion, sentAgain);
                Installation.awaitStored(processor);
                Installation.awaitRolledUp(reporting);
                Map<String, JsonNode> after = Questions.ask(reporting.url(""), questions);
                after.values().forEach(Takeover::keepSources);
                ObjectNode ledger = (ObjectNode) Installation.get(processor, "/ledger");
                ledger.retain(FIGURES);
                List<JsonNode> verified = History.SITES.stream()
                        .map(site -> verify(processor, site))
                        .toList();
                return new Takeover(
                        before, letters, after, ledger, sum(verified, "differing"), sum(verified, "checked"));
            }
        }
    }

    /** Those that are events, and were too much for three workers. */
    private static void replay(Service processor, JsonNode letters) {
        for (JsonNode letter : letters.get("letters")) {
            if (letter.get("attempts").asInt() > 0) {
                Installation.post(processor, "/dead-letters/" + letter.get("id").asString() + "/replay");
            }
        }
    }

    private static JsonNode verify(Service processor, String site) {
        String days = "&from=" + History.DAYS.get(0) + "&to=" + History.DAYS.get(2);
        String id = Installation.post(processor, "/rollups/verify?site_id=" + site + days)
                .get("id")
                .asString();
        String report = "/rollups/verify/" + id;
        Installation.await(() ->
                Installation.get(processor, report).get("state").asString().equals("done"));
        return Installation.get(processor, report);
    }

    private static long sum(List<JsonNode> reports, String figure) {
        return reports.stream().mapToLong(report -> report.get(figure).asLong()).sum();
    }

    /** When the queue was looked at is another instant each time. */
    private static void keepSources(JsonNode answer) {
        if (answer.get("meta") instanceof ObjectNode meta) {
            meta.retain("sources");
        }
    }
}
