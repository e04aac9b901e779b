package io.webanalytics.reporting.manage;

import static io.webanalytics.reporting.ApiClient.assertInvalid;
import static io.webanalytics.reporting.ApiClient.assertProblem;
import static io.webanalytics.reporting.ApiClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webanalytics.reporting.ApiClient;
import io.webanalytics.reporting.Installation;
import io.webanalytics.sites.ApiKey;
import io.webanalytics.sites.KeyScope;
import io.webanalytics.sites.KeyToken;
import io.webanalytics.store.sites.KeyDetails;
import io.webanalytics.store.sites.KeyStore;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Keys by HTTP. */
class KeyApiTests {

    private final Installation keys = Installation.keys();
    private final ApiClient owner = keys.owner();

    @Test
    void aKeyIsShownOnceAndItsSecretIsStoredNowhere() {
        String site = keys.newSite("");
        HttpResponse<String> made = owner.post("/keys", Installation.newKeyBody("read", site));

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        String key = json(made).get("key").asString();
        String prefix = json(made).get("prefix").asString();
        String secret = key.substring(key.lastIndexOf('_') + 1);
        assertThat(key).isEqualTo("wa_" + prefix + "_" + secret);
        assertThat(secret).hasSize(32);
        assertThat(keys.stored()).contains(prefix).doesNotContain(secret);
        assertThat(owner.get("/keys").body()).contains(prefix).doesNotContain(secret, "hash", "\"key\"");
        assertThat(owner.get("/sites/" + site + "/keys").body())
                .contains(prefix)
                .doesNotContain(secret, "hash", "\"key\"");
        assertThat(keys.key(key).get("/sites/" + site).statusCode()).isEqualTo(200);
        await("the day of its use").until(() -> listed(prefix).has("last_used"));
    }

    @Test
    void aRevokedKeyEndsAtOnceAndIsListedAsSuch() {
        String site = keys.newSite("");
        JsonNode made = json(owner.post("/keys", Installation.newKeyBody("read", site)));
        ApiClient holder = keys.key(made.get("key").asString());
        String prefix = made.get("prefix").asString();
        assertThat(holder.get("/sites/" + site).statusCode()).isEqualTo(200);

        assertThat(owner.delete("/keys/" + prefix).statusCode()).isEqualTo(204);

        HttpResponse<String> refused = holder.get("/sites/" + site);
        assertProblem(refused, 401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(refused.body()).isEqualTo(keys.nobody().get("/sites/" + site).body());
        assertThat(listed(prefix).has("revoked_at")).isTrue();
        assertProblem(owner.delete("/keys/" + prefix), 404);
        assertProblem(owner.delete("/keys/unknown"), 404);
    }

    @Test
    void aKeyEndsWhenItExpires() {
        String site = keys.newSite("");
        String body = Installation.newKeyBody("read", site)
                .replace("}", ", \"expires_at\": \"" + Instant.now().plusMillis(1_500) + "\"}");
        JsonNode made = json(owner.post("/keys", body));
        ApiClient holder = keys.key(made.get("key").asString());

        assertThat(made.has("expires_at")).isTrue();
        assertThat(holder.get("/sites/" + site).statusCode()).isEqualTo(200);
        await("its end").until(() -> holder.get("/sites/" + site).statusCode() == 401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'scope': 'read', 'sites': ['*']} | name | is required",
                "{'name': 'n', 'sites': ['*']} | scope | is required",
                "{'name': 'n', 'scope': 'read'} | sites | is required",
                "{'name': '', 'scope': 'read', 'sites': ['*']} | name | must be 1 to 100",
                "{'name': 'n', 'scope': 'READ', 'sites': ['*']} | scope | write, read, admin",
                "{'name': 'n', 'scope': null, 'sites': ['*']} | scope | write, read, admin",
                "{'name': 'n', 'scope': ['read'], 'sites': ['*']} | scope | write, read, admin",
                "{'name': 'n', 'scope': 'read', 'sites': []} | sites | 1 to 100",
                "{'name': 'n', 'scope': 'read', 'sites': '*'} | sites | 1 to 100",
                "{'name': 'n', 'scope': 'read', 'sites': null} | sites | 1 to 100",
                "{'name': 'n', 'scope': 'read', 'sites': ['*', 'a']} | sites | 1 to 100",
                "{'name': 'n', 'scope': 'read', 'sites': ['a b']} | sites | 1 to 100",
                "{'name': 'n', 'scope': 'read', 'sites': [1]} | sites | 1 to 100",
                "{'name': 'n', 'scope': 'read', 'sites': ['never-made']} | sites | never-made was not",
                "{'name': 'n', 'scope': 'read', 'sites': ['*'], 'expires_at': '2020-01-01T00:00:00Z'} | expires_at | future",
                "{'name': 'n', 'scope': 'read', 'sites': ['*'], 'expires_at': '2100-01-01'} | expires_at | future",
                "{'name': 'n', 'scope': 'read', 'sites': ['*'], 'expires_at': '+10000-01-01T00:00:00Z'} | expires_at | future",
                "{'name': 'n', 'scope': 'read', 'sites': ['*'], 'expires_at': '+999999999-01-01T00:00:00Z'} | expires_at | future",
                "{'name': 'n', 'scope': 'read', 'sites': ['*'], 'expires_at': 4102444800} | expires_at | future",
                "{'name': 'n', 'scope': 'read', 'sites': ['*'], 'prefix': 'aaaaaaaa'} | prefix | is not known here",
            })
    void aWrongFieldIsNamedWithItsRule(String body, String field, String rule) {
        assertInvalid(owner.post("/keys", body.replace('\'', '"')), field, rule);
    }

    @Test
    void aKeyOfASiteIsForThisSiteAlone() {
        String site = keys.newSite("");
        String other = keys.newSite("");
        ApiClient manager = keys.login(keys.newAccount(site, "owner"), Installation.PASSWORD);
        String path = "/sites/" + site + "/keys";

        JsonNode made = json(manager.post(path, "{\"name\": \"n\", \"scope\": \"admin\"}"));
        ApiClient holder = keys.key(made.get("key").asString());
        String prefix = made.get("prefix").asString();

        assertThat(made.get("sites").toString()).isEqualTo("[\"" + site + "\"]");
        assertInvalid(
                manager.post(path, "{\"name\": \"n\", \"scope\": \"read\", \"sites\": [\"*\"]}"),
                "sites",
                "is not known here");
        assertThat(json(holder.get(path)).get("keys").findValuesAsString("prefix"))
                .containsExactly(prefix);
        assertProblem(holder.get("/sites/" + other + "/keys"), 403);
        assertProblem(holder.get("/keys"), 403);
        assertProblem(owner.delete("/sites/" + other + "/keys/" + prefix), 404);
        assertThat(manager.delete(path + "/" + prefix).statusCode()).isEqualTo(204);
        assertProblem(manager.delete(path + "/" + prefix), 404);
        assertProblem(holder.get(path), 401);
    }

    @Test
    void aSiteHasAtMost100KeysThatAreNotRevoked() {
        String site = keys.newSite("");
        String path = "/sites/" + site + "/keys";
        String body = "{\"name\": \"n\", \"scope\": \"read\"}";
        KeyStore store = new KeyStore(keys.database());
        for (int i = 1; i < 100; i++) {
            KeyToken token = KeyToken.random();
            ApiKey key = new ApiKey(token.prefix(), token.hash(), KeyScope.READ, List.of(site), null);
            store.add(new KeyDetails(key, "n", Instant.EPOCH, null, null));
        }
        HttpResponse<String> last = owner.post(path, body);
        assertThat(last.statusCode()).isEqualTo(201);

        assertProblem(owner.post(path, body), 409);
        owner.delete(path + "/" + json(last).get("prefix").asString());
        assertThat(owner.post(path, body).statusCode()).isEqualTo(201);
    }

    @Test
    void aKeyOfMoreSitesIsNotThatOfOneSite() {
        String site = keys.newSite("");
        String other = keys.newSite("");
        String prefix = json(owner.post("/keys", Installation.newKeyBody("read", site, other)))
                .get("prefix")
                .asString();

        assertThat(json(owner.get("/sites/" + site + "/keys")).get("keys")).isEmpty();
        assertProblem(owner.delete("/sites/" + site + "/keys/" + prefix), 404);
    }

    @Test
    void thereAreNoKeysOfASiteThatWasNotMade() {
        assertProblem(owner.get("/sites/never-made/keys"), 404);
        assertProblem(owner.post("/sites/never-made/keys", "{\"name\": \"n\", \"scope\": \"read\"}"), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keys", "/sites/some/keys", "/accounts"})
    void whatHandsOutAccessNeedsAnOwnerEvenIfAccessIsOpen(String path) {
        Installation open = Installation.open();
        open.nobody().post("/sites", "{\"site_id\": \"some\"}");

        assertProblem(open.nobody().get(path), 401);
        assertProblem(open.nobody().post(path, "{}"), 401);
        assertProblem(open.nobody().delete(path + "/x"), 401);
        assertProblem(open.newKey("write", "*").get(path), 403);
        assertProblem(open.newKey("read", "*").post(path, "{}"), 403);
        assertThat(open.newKey("admin", "*").get(path).statusCode()).isEqualTo(200);
        assertThat(open.owner().get(path).statusCode()).isEqualTo(200);
    }

    private JsonNode listed(String prefix) {
        return json(owner.get("/keys"))
                .get("keys")
                .valueStream()
                .filter(key -> key.get("prefix").asString().equals(prefix))
                .findFirst()
                .orElseThrow();
    }
}
