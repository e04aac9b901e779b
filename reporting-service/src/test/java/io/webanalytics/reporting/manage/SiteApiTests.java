package io.webanalytics.reporting.manage;

import static io.webanalytics.reporting.ApiClient.assertInvalid;
import static io.webanalytics.reporting.ApiClient.assertProblem;
import static io.webanalytics.reporting.ApiClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webanalytics.reporting.ApiClient;
import io.webanalytics.reporting.Installation;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.Site;
import io.webanalytics.store.sites.SiteStore;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Sites by HTTP. Where access is open, everybody may make and change them. */
@ExtendWith(OutputCaptureExtension.class)
class SiteApiTests {

    private final ApiClient open = Installation.open().nobody();
    private final ApiClient owner = Installation.open().owner();
    private final String id = "s-" + UUID.randomUUID();

    @Test
    void aSiteIsMadeReadChangedAndRemoved() {
        HttpResponse<String> made = owner.post(
                "/sites",
                "{\"site_id\": \"" + id + "\", \"name\": \"Läden\", \"timezone\": \"Asia/Kolkata\","
                        + " \"hostnames\": [\"WWW.Example.com\", \"www.example.com\"], \"retention_days\": 1, \"public\": true}");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue("/sites/" + id);
        assertThat(json(made).get("created_at").asString()).endsWith("Z");
        assertThat(made.body())
                .contains("\"name\":\"Läden\",\"timezone\":\"Asia/Kolkata\",\"hostnames\":[\"www.example.com\"],"
                        + "\"retention_days\":1,\"public\":true");
        assertThat(json(open.get("/sites/" + id))).isEqualTo(json(made));
        assertThat(json(open.get("/sites")).get("sites")).contains(json(made));

        HttpResponse<String> changed =
                open.patch("/sites/" + id, "{\"name\": \"Shops\", \"retention_days\": null, \"hostnames\": []}");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body())
                .contains("\"name\":\"Shops\",\"timezone\":\"Asia/Kolkata\",\"hostnames\":[],\"public\":true")
                .doesNotContain("retention_days");
        assertThat(json(open.get("/sites/" + id))).isEqualTo(json(changed));

        assertThat(owner.delete("/sites/" + id + "?confirm=" + id).statusCode()).isEqualTo(204);
        assertProblem(open.get("/sites/" + id), 404);
        assertProblem(open.patch("/sites/" + id, "{}"), 404);
        assertProblem(owner.delete("/sites/" + id + "?confirm=" + id), 404);
    }

    @Test
    void whatHandsOutOrTakesAwayAccessNeedsAnOwnerEvenIfAccessIsOpen() {
        ApiClient reader = Installation.open().newKey("read", "*");
        String publicSite = "{\"site_id\": \"" + id + "\", \"public\": true}";

        assertProblem(open.post("/sites", publicSite), 401);
        assertProblem(reader.post("/sites", publicSite), 403);
        assertThat(open.post("/sites", "{\"site_id\": \"" + id + "\"}").statusCode())
                .isEqualTo(201);
        assertProblem(open.patch("/sites/" + id, "{\"public\": true}"), 401);
        assertProblem(reader.patch("/sites/" + id, "{\"public\": true}"), 403);
        assertThat(open.get("/sites/" + id).body()).contains("\"public\":false");
        assertProblem(open.delete("/sites/" + id + "?confirm=" + id), 401);
        assertProblem(reader.delete("/sites/" + id + "?confirm=" + id), 403);

        assertThat(owner.patch("/sites/" + id, "{\"public\": true}").statusCode())
                .isEqualTo(200);
        assertThat(open.patch("/sites/" + id, "{\"name\": \"n\", \"public\": true}")
                        .statusCode())
                .as("it is public already")
                .isEqualTo(200);
        assertThat(open.patch("/sites/" + id, "{\"public\": false}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void onlyTheIdIsNeeded() {
        assertThat(open.post("/sites", "{\"site_id\": \"" + id + "\"}").body())
                .contains("\"name\":\"" + id + "\",\"timezone\":\"UTC\",\"hostnames\":[],\"public\":false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?confirm=", "?confirm=other", "?confirm=%1$s&confirm=%1$s"})
    void aSiteIsNotRemovedWithoutItsIdAsConfirmation(String query) {
        open.post("/sites", "{\"site_id\": \"" + id + "\"}");

        assertInvalid(owner.delete("/sites/" + id + query.formatted(id)), "confirm", "must be the id");
        assertThat(open.get("/sites/" + id).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | site_id | is required",
                "{'site_id': null} | site_id | must be 1 to 64 characters",
                "{'site_id': 1} | site_id | must be 1 to 64 characters",
                "{'site_id': ''} | site_id | must be 1 to 64 characters",
                "{'site_id': 'a/b'} | site_id | must be 1 to 64 characters",
                "{'site_id': '.'} | site_id | not . or ..",
                "{'site_id': '..'} | site_id | not . or ..",
                "{'site_id': '*'} | site_id | must be 1 to 64 characters",
                "{'site_id': 'ID', 'name': ''} | name | must be 1 to 100",
                "{'site_id': 'ID', 'name': ' '} | name | must be 1 to 100",
                "{'site_id': 'ID', 'name': null} | name | must be 1 to 100",
                "{'site_id': 'ID', 'name': ['a']} | name | must be 1 to 100",
                "{'site_id': 'ID', 'name': 'a\\u0007'} | name | must be 1 to 100",
                "{'site_id': 'ID', 'name': '\\ud800'} | name | must be 1 to 100",
                "{'site_id': 'ID', 'timezone': ''} | timezone | IANA",
                "{'site_id': 'ID', 'timezone': 'Europe/Atlantis'} | timezone | IANA",
                "{'site_id': 'ID', 'timezone': '+01:00'} | timezone | IANA",
                "{'site_id': 'ID', 'hostnames': 'a.example'} | hostnames | must be a list",
                "{'site_id': 'ID', 'hostnames': null} | hostnames | must be a list",
                "{'site_id': 'ID', 'hostnames': [null]} | hostnames | must be a list",
                "{'site_id': 'ID', 'hostnames': ['']} | hostnames | must be a list",
                "{'site_id': 'ID', 'hostnames': ['a b']} | hostnames | must be a list",
                "{'site_id': 'ID', 'retention_days': 0} | retention_days | from 1 to 36500",
                "{'site_id': 'ID', 'retention_days': 36501} | retention_days | from 1 to 36500",
                "{'site_id': 'ID', 'retention_days': 1.5} | retention_days | from 1 to 36500",
                "{'site_id': 'ID', 'retention_days': '1'} | retention_days | from 1 to 36500",
                "{'site_id': 'ID', 'retention_days': 99999999999999999999} | retention_days | from 1 to 36500",
                "{'site_id': 'ID', 'public': null} | public | true or false",
                "{'site_id': 'ID', 'public': 'true'} | public | true or false",
                "{'site_id': 'ID', 'public': 1} | public | true or false",
                "{'site_id': 'ID', 'Public': true} | Public | is not known here",
                "{'site_id': 'ID', 'created_at': '2026-01-01T00:00:00Z'} | created_at | is not known here",
            })
    void aWrongFieldIsNamedWithItsRule(String body, String field, String rule) {
        assertInvalid(open.post("/sites", body.replace('\'', '"').replace("ID", id)), field, rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "timezone | 'Etc/GMT+12'",
                "retention_days | 36500",
                "hostnames | []",
                "hostnames | ['xn--bcher-kva.example']",
                "name | 'N100'",
                "hostnames | ['H253']",
            })
    void theEdgeOfARuleIsAllowed(String field, String value) {
        String body = "{'site_id': '" + id + "', '" + field + "': " + value + "}";
        String host = "h".repeat(63) + ".";
        assertThat(open.post(
                                "/sites",
                                body.replace('\'', '"')
                                        .replace("N100", "\uD83D\uDE00".repeat(100))
                                        .replace("H253", host.repeat(3) + "h".repeat(61)))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void whatIsLongerThanItsRuleIsRefused() {
        String host = ("h".repeat(63) + ".").repeat(3) + "h".repeat(62);
        String body = "{\"site_id\": \"" + id + "\", \"name\": \"" + "n".repeat(101) + "\", \"hostnames\": [\"" + host
                + "\"]}";

        assertThat(json(open.post("/sites", body)).get("errors").findValuesAsString("field"))
                .containsExactly("name", "hostnames");
        assertThat(open.post("/sites", "{\"site_id\": \"" + "i".repeat(65) + "\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void everyWrongFieldIsNamedAtOnceAndNothingIsMade() {
        JsonNode problem = json(open.post(
                "/sites", "{\"site_id\": \"" + id + "\", \"name\": 1, \"timezone\": 2, \"public\": 3, \"colour\": 4}"));

        assertThat(problem.get("errors").findValuesAsString("field"))
                .containsExactly("name", "timezone", "public", "colour");
        assertProblem(open.get("/sites/" + id), 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"a\"",
                "{",
                "{\"site_id\": \"a\"}{}",
                "{\"site_id\": \"a\", \"site_id\": \"a\"}",
                "{site_id: 1}",
                "\uFEFF{}x"
            })
    void aBodyThatIsNoJsonObjectIsRefused(String body) {
        assertInvalid(open.post("/sites", body), "body", "must be a JSON object");
    }

    @Test
    void aBodyMayHaveJust64KiB() {
        String body = "{\"site_id\": \"" + id + "\"";

        assertInvalid(open.post("/sites", body + " ".repeat(64 * 1024 - body.length()) + "}"), "body", "65536 bytes");
        assertInvalid(open.post("/sites", body + ", \"name\": " + "[".repeat(5_000)), "body", "must be a JSON object");
        assertThat(open.post("/sites", body + " ".repeat(64 * 1024 - 1 - body.length()) + "}")
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/yaml",
                "application/cbor",
                "application/xml",
                "application/merge-patch+json",
                "application/problem+json",
                "application/*+json",
                "application/*",
                "*/*",
                "nonsense",
                "application/json;charset=nonsense",
                ""
            })
    void aBodyThatDoesNotSayThatItIsJsonIsRefused(String type, CapturedOutput log) {
        ApiClient sender = Installation.open().owner().with("Content-Type", type);

        for (String body : List.of("x", "{\"site_id\": \"" + id + "\", \"name\": \"a\", \"password\": \"b\"}")) {
            for (String path : List.of("/sites", "/login", "/keys", "/sites/a/keys", "/accounts")) {
                assertProblem(sender.post(path, body), 415);
            }
            for (String path : List.of("/sites/a", "/me", "/accounts/a")) {
                assertProblem(sender.patch(path, body), 415);
            }
        }
        assertThat(sender.get("/me").statusCode()).isEqualTo(200);
        assertThat(log).doesNotContain("WARN", "ERROR");
    }

    @Test
    void aBodyThatBreaksOffIsNotWorthAWord(CapturedOutput log) throws IOException {
        LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
        logging.setLogLevel("io.webanalytics", LogLevel.WARN);
        try (Socket socket = new Socket("localhost", URI.create(open.url()).getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            "POST /login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400");
        } finally {
            logging.setLogLevel("io.webanalytics", null);
        }
        assertThat(log).doesNotContain("WARN", "ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/yaml", "application/cbor", "application/xml", "text/html"})
    void noAnswerHasAnotherForm(String type) {
        ApiClient reader = open.with("Accept", type);

        assertProblem(reader.get("/me"), 406);
        assertProblem(reader.get("/sites"), 406);
        assertProblem(reader.get("/sites/nothing"), 404);
        assertProblem(reader.get("/nothing"), 404);
        assertProblem(reader.get("/stats"), 400);
    }

    @Test
    void anIdIsGivenOnceInWhateverLetters() {
        String upper = "{\"site_id\": \"" + id.toUpperCase(Locale.ROOT) + "\"}";
        open.post("/sites", "{\"site_id\": \"" + id + "\"}");

        assertProblem(open.post("/sites", "{\"site_id\": \"" + id + "\"}"), 409);
        assertProblem(open.post("/sites", upper), 409);
        assertThat(json(open.post("/sites", upper)).get("detail").asString()).contains(id);
    }

    @Test
    void ofIdsInOtherLettersThatAreMadeAtTheSameTimeOneIsMade() {
        for (int i = 0; i < 10; i++) {
            String lower = id + i;
            assertThat(Stream.of(lower, lower.toUpperCase(Locale.ROOT))
                            .parallel()
                            .map(each -> open.post("/sites", "{\"site_id\": \"" + each + "\"}")
                                    .statusCode()))
                    .containsExactlyInAnyOrder(201, 409);
        }
    }

    @Test
    void aCallerSeesTheSitesThatItMayReadAndNoOthers() {
        Installation keys = Installation.keys();
        String own = keys.newSite(", \"hostnames\": [\"a.example\"]");
        String other = keys.newSite("");
        String published = keys.newSite(", \"public\": true");
        ApiClient reader = keys.newKey("read", own);

        JsonNode list = json(reader.get("/sites")).get("sites");
        assertThat(list.findValuesAsString("site_id")).contains(own, published).doesNotContain(other);
        assertThat(list.findValues("hostnames")).isEmpty();
        assertThat(json(reader.get("/sites/" + own)).propertyNames())
                .containsExactly("site_id", "name", "timezone", "public");
        assertThat(json(keys.newKey("admin", own).get("/sites/" + own)).propertyNames())
                .contains("hostnames", "created_at");
        assertThat(json(keys.owner().get("/sites")).get("sites").findValuesAsString("site_id"))
                .contains(own, other, published);

        assertProblem(keys.nobody().get("/sites"), 401);
        assertThat(keys.nobody().get("/sites/" + published).statusCode()).isEqualTo(200);
        HttpResponse<String> there = keys.nobody().get("/sites/" + own);
        HttpResponse<String> notThere = keys.nobody().get("/sites/" + id);
        assertProblem(there, 401);
        assertThat(notThere.body().replace(id, own)).as("nothing is told").isEqualTo(there.body());
        HttpResponse<String> foreign = reader.get("/sites/" + other);
        assertProblem(foreign, 403);
        assertThat(reader.get("/sites/" + id).body().replace(id, other)).isEqualTo(foreign.body());
    }

    @Test
    void onlyWhoManagesASiteChangesIt() {
        Installation keys = Installation.keys();
        String site = keys.newSite("");
        String viewer = keys.newAccount(site, "viewer");
        String owner = keys.newAccount(site, "owner");

        for (ApiClient caller : new ApiClient[] {
            keys.newKey("read", site), keys.newKey("write", site), keys.login(viewer, Installation.PASSWORD)
        }) {
            assertProblem(caller.patch("/sites/" + site, "{\"name\": \"x\"}"), 403);
            assertProblem(caller.delete("/sites/" + site + "?confirm=" + site), 403);
            assertProblem(caller.post("/sites", "{\"site_id\": \"" + id + "\"}"), 403);
        }
        ApiClient manager = keys.login(owner, Installation.PASSWORD);
        assertThat(manager.patch("/sites/" + site, "{\"name\": \"x\"}").statusCode())
                .isEqualTo(200);
        assertProblem(manager.post("/sites", "{\"site_id\": \"" + id + "\"}"), 403);
        assertThat(manager.delete("/sites/" + site + "?confirm=" + site).statusCode())
                .isEqualTo(204);
    }

    @Test
    void withASiteItsKeysAndRolesGo() {
        Installation keys = Installation.keys();
        String site = keys.newSite("");
        String other = keys.newSite("");
        ApiClient only = keys.newKey("read", site);
        ApiClient both = keys.newKey("read", site, other);
        ApiClient viewer = keys.login(keys.newAccount(site, "viewer"), Installation.PASSWORD);
        assertThat(viewer.get("/sites/" + site).statusCode()).isEqualTo(200);

        keys.owner().delete("/sites/" + site + "?confirm=" + site);
        keys.owner().post("/sites", "{\"site_id\": \"" + site + "\"}");

        assertProblem(only.get("/sites/" + site), 401);
        assertProblem(both.get("/sites/" + site), 403);
        assertThat(both.get("/sites/" + other).statusCode()).isEqualTo(200);
        assertProblem(viewer.get("/sites/" + site), 403);
    }

    @Test
    void whereSitesAndKeysTakeAllTheirRoomNoneIsAdded() {
        Installation keys = Installation.keys();
        ApiClient operator = keys.owner();
        String path = "/sites/" + keys.newSite(", \"public\": true");
        SiteStore sites = new SiteStore(keys.database());
        sites.add(new Site(id, "n".repeat(Registry.MOST_BYTES), "UTC", List.of(), null, false, Instant.EPOCH));
        try {
            await("no room")
                    .until(() -> operator.patch(path, "{\"hostnames\": []}").statusCode() == 409);

            assertProblem(operator.patch(path, "{\"name\": \"n\"}"), 409);
            assertProblem(operator.post("/sites", "{\"site_id\": \"" + id + "-2\"}"), 409);
            assertProblem(operator.post("/keys", Installation.newKeyBody("read", "*")), 409);
            assertProblem(operator.post(path + "/keys", "{\"name\": \"n\", \"scope\": \"read\"}"), 409);
            assertThat(operator.patch(path, "{\"public\": false}").statusCode()).isEqualTo(200);
        } finally {
            operator.delete("/sites/" + id + "?confirm=" + id);
        }
        assertThat(operator.post("/keys", Installation.newKeyBody("read", "*")).statusCode())
                .isEqualTo(201);
    }

    @Test
    void noKeyThatIsMadeWhileItsSiteIsRemovedIsForALaterSite() {
        ApiClient operator = Installation.keys().owner();
        String path = "/sites/" + id;
        for (int i = 0; i < 10; i++) {
            operator.post("/sites", "{\"site_id\": \"" + id + "\"}");
            CompletableFuture<?> removed = CompletableFuture.runAsync(() -> operator.delete(path + "?confirm=" + id));
            for (int keys = 0; keys < 50 && !removed.isDone(); keys++) {
                operator.post(path + "/keys", "{\"name\": \"n\", \"scope\": \"admin\"}");
            }
            removed.orTimeout(30, TimeUnit.SECONDS).join();
        }

        operator.post("/sites", "{\"site_id\": \"" + id + "\"}");
        assertThat(json(operator.get(path + "/keys")).get("keys"))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.has("revoked_at")).isTrue());
    }
}
