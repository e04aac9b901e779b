package io.webanalytics.reporting.manage;

import static io.webanalytics.reporting.ApiClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.reporting.ApiClient;
import io.webanalytics.reporting.Installation;
import io.webanalytics.testing.LogLines;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Passwords and keys appear neither in the log, nor in a problem, nor in what operators see, however requests go wrong. */
class SecretsTests {

    private static final String SECRET = "a secret sentence";

    private final Installation keys = Installation.keys();
    private final ApiClient owner = keys.owner();

    @Test
    void noSecretAppearsAnywhere() {
        String key;
        List<HttpResponse<String>> responses = new ArrayList<>();
        List<String> lines;
        try (LogLines log = new LogLines()) {
            key = json(owner.post("/keys", Installation.newKeyBody("admin", "*")))
                    .get("key")
                    .asString();
            ApiClient holder = keys.key(key);
            for (String body : List.of(
                    "{\"name\": \"admin\", \"password\": \"" + SECRET + "\"}",
                    "{\"name\": \"admin\", \"password\": [\"" + SECRET + "\"]}",
                    "{\"name\": \"admin\", \"password\": \"" + SECRET + "\"",
                    "{\"password\": \"" + SECRET + "\", \"password\": \"" + SECRET + "\"}",
                    "{\"name\": \"Not Allowed\", \"password\": \"" + SECRET + "\", \"key\": \"" + key + "\"}",
                    "{\"current_password\": \"" + SECRET + "\", \"password\": \"" + SECRET + "\"}")) {
                for (String path : List.of("/login", "/accounts", "/keys", "/sites")) {
                    responses.add(holder.post(path, body));
                }
                responses.add(owner.patch("/me", body));
                responses.add(holder.patch("/accounts/admin", body.replace(SECRET, SECRET + "x".repeat(60))));
                responses.add(holder.with("Content-Type", "text/plain").post("/login", body));
            }
            responses.add(keys.key(key + "x").get("/sites"));
            responses.add(keys.nobody().get("/sites?key=" + key));
            responses.addAll(whileMongoIsAway(holder));
            for (String path :
                    List.of("/actuator/health", "/actuator/info", "/actuator/prometheus", "/keys", "/accounts")) {
                responses.add(owner.get(path));
            }
            lines = Stream.concat(log.warnings().stream(), log.information("").stream())
                    .toList();
        }

        String secretOfKey = key.substring(key.lastIndexOf('_') + 1);
        assertThat(responses)
                .extracting(HttpResponse::statusCode)
                .as("each request fails but those of operators, and never by our fault")
                .doesNotContain(500)
                .filteredOn(status -> status == 200)
                .hasSize(5);
        assertThat(responses)
                .allSatisfy(response -> assertThat(response.headers().toString() + response.body())
                        .doesNotContain(SECRET, secretOfKey, Installation.PASSWORD));
        assertThat(lines)
                .as("what is logged")
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).doesNotContain(SECRET, secretOfKey, Installation.PASSWORD));
    }

    private List<HttpResponse<String>> whileMongoIsAway(ApiClient holder) {
        keys.mongo().cut();
        try {
            return List.of(
                    keys.nobody().post("/login", "{\"name\": \"admin\", \"password\": \"" + SECRET + "\"}"),
                    holder.post(
                            "/accounts",
                            "{\"name\": \"a\", \"password\": \"" + SECRET + "\", \"roles\": {\"*\": \"owner\"}}"));
        } finally {
            keys.mongo().restore();
        }
    }
}
