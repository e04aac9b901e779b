package io.webanalytics.system;

import static org.awaitility.Awaitility.await;

import io.webanalytics.system.AccessDoc.Line;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes the requests of {@code docs/SECURITY.md}: valid ones, for what is there, and the same for what is not. */
final class AccessRequests {

    private static final String NOT_THERE = "0-0";
    private static final String DAY = "2025-11-12";
    private static final String DAYS = "site_id=site&from=" + DAY + "&to=" + DAY;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final Analytics analytics;
    private final AccessAdmin admin;
    private final AccessCaller operator;
    private int made;

    AccessRequests(Analytics analytics, AccessAdmin admin, AccessCaller operator) {
        this.analytics = analytics;
        this.admin = admin;
        this.operator = operator;
    }

    /** @param json empty for no body */
    record Request(String method, String url, String json) {}

    /** Returns a request that succeeds if the caller may make it. What it is for is made if need be. */
    Request valid(Line line) {
        String site = line.ofPublicSite() ? AccessCallers.PUBLIC_SITE : AccessCallers.SITE;
        return switch (line.name()) {
            case "DELETE /sites/{site_id}" -> {
                operator.send("POST", url(3002, "/sites"), "{\"site_id\": \"spare\"}");
                operator.send(
                        "PATCH",
                        url(3002, "/accounts/" + AccessCallers.OWNER),
                        "{\"roles\": " + AccessCallers.ROLES_OF_OWNER + "}");
                yield request(line, AccessCallers.SPARE_SITE, "");
            }
            case "DELETE /sites/{site_id}/keys/{prefix}", "DELETE /keys/{prefix}" -> {
                String key = "{\"name\": \"n\", \"scope\": \"read\"}";
                yield request(
                        line,
                        site,
                        admin.make("/sites/site/keys", key).get("prefix").asString());
            }
            case "DELETE /accounts/{name}" ->
                request(
                        line,
                        site,
                        admin.make("/accounts", account()).get("name").asString());
            case "PATCH /accounts/{name}" -> request(line, site, AccessCallers.ACCOUNT);
            case "POST /dead-letters/{id}/replay", "DELETE /dead-letters/{id}" -> request(line, site, deadLetter());
            case "GET /rollups/verify/{id}", "DELETE /rollups/verify/{id}" -> request(line, site, verification());
            case "GET /actuator/health/{*path}" -> request(line, site, "liveness");
            default -> request(line, site, "");
        };
    }

    /** Returns a request for what is not there. */
    Request futile(Line line) {
        return request(line, "nobody-made-this", NOT_THERE);
    }

    private Request request(Line line, String site, String name) {
        String path = line.path().replace("{site_id}", site).replaceAll("\\{[^}]*}", name);
        String json =
                switch (line.name()) {
                    case "POST /event" -> event(site);
                    case "POST /events" -> "[" + event(site) + "]";
                    case "POST /login" -> "{\"name\": \"admin\", \"password\": \"" + Analytics.PASSWORD + "\"}";
                    case "PATCH /me" ->
                        "{\"current_password\": \"" + Analytics.PASSWORD + "\", \"password\": \"" + Analytics.PASSWORD
                                + "\"}";
                    case "POST /sites" -> "{\"site_id\": \"made-" + made++ + "\"}";
                    case "PATCH /sites/{site_id}" -> "{\"name\": \"The site\"}";
                    case "POST /sites/{site_id}/keys" -> "{\"name\": \"n\", \"scope\": \"read\"}";
                    case "POST /keys" ->
                        "{\"name\": \"n\", \"scope\": \"read\", \"sites\": [\"" + AccessCallers.SITE + "\"]}";
                    case "POST /accounts" -> account();
                    case "PATCH /accounts/{name}" -> "{\"roles\": {\"site\": \"viewer\"}}";
                    default -> "";
                };
        return new Request(line.method(), url(line.port(), path + query(line, site)), json);
    }

    private static String query(Line line, String site) {
        String ofSite = "?site_id=" + site;
        return switch (line.name()) {
            case "GET /stats", "GET /stats/timeseries" -> ofSite + "&date=" + DAY;
            case "GET /stats/breakdown" -> ofSite + "&by=path&date=" + DAY;
            case "GET /stats/realtime" -> ofSite;
            case "DELETE /sites/{site_id}" -> "?confirm=" + site;
            case "POST /rollups/rebuild", "POST /rollups/verify" -> "?" + DAYS;
            default -> "";
        };
    }

    static String event(String site) {
        return "{\"site_id\": \"" + site + "\", \"event_type\": \"page_view\", \"path\": \"/pricing\","
                + " \"user_id\": \"user-xyz-789\", \"timestamp\": \"" + DAY + "T19:30:01Z\"}";
    }

    private String account() {
        return "{\"name\": \"made-" + made++ + "\", \"password\": \"" + Analytics.PASSWORD
                + "\", \"roles\": {\"site\": \"viewer\"}}";
    }

    private String deadLetter() {
        String url = url(3003, "/dead-letters");
        JsonNode present = JSON.readTree(operator.get(url).body());
        if (present.path("total").asInt() == 0) {
            analytics.acceptNoEvents(1);
        }
        return await("a dead letter")
                .atMost(PATIENCE)
                .until(() -> JSON.readTree(operator.get(url).body()).path("letters"), letters -> !letters.isEmpty())
                .get(0)
                .get("id")
                .asString();
    }

    /** Only one runs at a time. */
    private String verification() {
        return await("a verification")
                .atMost(PATIENCE)
                .until(
                        () -> JSON.readTree(operator.send("POST", url(3003, "/rollups/verify?" + DAYS), "")
                                .body()),
                        answer -> answer.has("id"))
                .get("id")
                .asString();
    }

    String url(int port, String path) {
        return service(port).url(path);
    }

    Service service(int port) {
        return Map.of(3001, analytics.ingestion, 3002, analytics.reporting, 3003, analytics.processor)
                .get(port);
    }
}
