package io.webanalytics.reporting.manage;

import static io.webanalytics.reporting.ApiClient.assertInvalid;
import static io.webanalytics.reporting.ApiClient.assertProblem;
import static io.webanalytics.reporting.ApiClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.reporting.ApiClient;
import io.webanalytics.reporting.Installation;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts by HTTP. */
class AccountApiTests {

    private static final String NO_OWNER = "{\"roles\": {\"*\": \"viewer\"}}";

    private final Installation keys = Installation.keys();
    private final ApiClient owner = keys.owner();
    private final String name = "ada+" + UUID.randomUUID() + "@example.com";

    @Test
    void anAccountIsMadeChangedAndRemovedAndItsPasswordIsNeverShown() {
        String site = keys.newSite("");
        HttpResponse<String> made = make("a long sentence", "{\"" + site + "\": \"viewer\"}");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue("/accounts/" + name);
        assertThat(json(made).propertyNames()).containsExactly("name", "roles", "created_at");
        assertThat(json(owner.get("/accounts")).get("accounts")).contains(json(made));
        assertThat(owner.get("/accounts").body()).doesNotContain("a long sentence", "bcrypt", "password");
        assertThat(keys.stored()).contains(name).doesNotContain("a long sentence");
        ApiClient login = keys.login(name, "a long sentence");
        assertProblem(login.patch("/sites/" + site, "{}"), 403);

        HttpResponse<String> changed = owner.patch("/accounts/" + name, "{\"roles\": {\"" + site + "\": \"owner\"}}");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains("\"" + site + "\":\"owner\"");
        assertThat(login.patch("/sites/" + site, "{}").statusCode())
                .as("at once, with the same login")
                .isEqualTo(200);

        assertThat(owner.delete("/accounts/" + name).statusCode()).isEqualTo(204);
        assertProblem(login.get("/sites/" + site), 401);
        assertProblem(owner.delete("/accounts/" + name), 404);
        assertProblem(owner.patch("/accounts/" + name, "{}"), 404);
        assertThat(json(owner.get("/accounts")).get("accounts").findValuesAsString("name"))
                .doesNotContain(name);
    }

    @Test
    void anotherPasswordEndsTheLoginsOfTheAccount() {
        make("a long sentence", "{\"*\": \"viewer\"}");
        ApiClient login = keys.login(name, "a long sentence");

        assertThat(owner.patch("/accounts/" + name, "{\"password\": \"another sentence\"}")
                        .statusCode())
                .isEqualTo(200);

        assertProblem(login.get("/sites"), 401);
        assertThat(keys.login(name, "another sentence").get("/sites").statusCode())
                .isEqualTo(200);
        assertThat(json(owner.get("/accounts")).toString()).contains("{\"*\":\"viewer\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'password': 'PASSWORD', 'roles': {'*': 'owner'}} | name | is required",
                "{'name': 'NAME', 'roles': {'*': 'owner'}} | password | is required",
                "{'name': 'NAME', 'password': 'PASSWORD'} | roles | is required",
                "{'name': '', 'password': 'PASSWORD', 'roles': {'*': 'owner'}} | name | a-z 0-9",
                "{'name': 'Ada', 'password': 'PASSWORD', 'roles': {'*': 'owner'}} | name | a-z 0-9",
                "{'name': 'a/b', 'password': 'PASSWORD', 'roles': {'*': 'owner'}} | name | a-z 0-9",
                "{'name': 'a b', 'password': 'PASSWORD', 'roles': {'*': 'owner'}} | name | a-z 0-9",
                "{'name': '..', 'password': 'PASSWORD', 'roles': {'*': 'owner'}} | name | a-z 0-9",
                "{'name': null, 'password': 'PASSWORD', 'roles': {'*': 'owner'}} | name | a-z 0-9",
                "{'name': 'NAME', 'password': '123456789', 'roles': {'*': 'owner'}} | password | 10 characters",
                "{'name': 'NAME', 'password': 1234567890, 'roles': {'*': 'owner'}} | password | 10 characters",
                "{'name': 'NAME', 'password': null, 'roles': {'*': 'owner'}} | password | 10 characters",
                "{'name': 'NAME', 'password': 'PASSWORD', 'roles': {}} | roles | 1 to 1000",
                "{'name': 'NAME', 'password': 'PASSWORD', 'roles': ['owner']} | roles | 1 to 1000",
                "{'name': 'NAME', 'password': 'PASSWORD', 'roles': 'owner'} | roles | 1 to 1000",
                "{'name': 'NAME', 'password': 'PASSWORD', 'roles': null} | roles | 1 to 1000",
                "{'name': 'NAME', 'password': 'PASSWORD', 'roles': {'*': 'Owner'}} | roles | owner or viewer",
                "{'name': 'NAME', 'password': 'PASSWORD', 'roles': {'*': null}} | roles | owner or viewer",
                "{'name': 'NAME', 'password': 'PASSWORD', 'roles': {'a b': 'owner'}} | roles | 1 to 1000",
                "{'name': 'NAME', 'password': 'PASSWORD', 'roles': {'never-made': 'owner'}} | roles | never-made was not",
                "{'name': 'NAME', 'password': 'PASSWORD', 'roles': {'*': 'owner'}, 'admin': true} | admin | not known",
            })
    void aWrongFieldIsNamedWithItsRule(String body, String field, String rule) {
        String filled = body.replace('\'', '"').replace("NAME", name).replace("PASSWORD", Installation.PASSWORD);

        assertInvalid(owner.post("/accounts", filled), field, rule);
    }

    @Test
    void aPasswordHasAtMost72Bytes() {
        String longest = "ä".repeat(36);

        assertInvalid(make(longest + "x", "{\"*\": \"viewer\"}"), "password", "72 bytes");
        assertThat(make(longest, "{\"*\": \"viewer\"}").statusCode()).isEqualTo(201);
        assertThat(keys.login(name, longest).get("/me").statusCode()).isEqualTo(200);
        assertThat(keys.nobody()
                        .post("/login", "{\"name\": \"" + name + "\", \"password\": \"" + longest + "x\"}")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aNameIsGivenOnce() {
        assertThat(make("a long sentence", "{\"*\": \"viewer\"}").statusCode()).isEqualTo(201);
        assertProblem(make("another sentence", "{\"*\": \"owner\"}"), 409);
        assertThat(keys.login(name, "a long sentence").get("/me").body())
                .as("still the first one")
                .contains("{\"*\":[\"read\"]}");
    }

    @Test
    void anOwnerOfAllSitesStays() {
        assertProblem(owner.patch("/accounts/admin", NO_OWNER), 409);
        assertProblem(owner.delete("/accounts/admin"), 409);

        make("a long sentence", "{\"*\": \"owner\"}");
        ApiClient second = keys.login(name, "a long sentence");
        assertThat(second.patch("/accounts/admin", NO_OWNER).statusCode()).isEqualTo(200);
        assertProblem(second.delete("/accounts/" + name), 409);
        assertProblem(second.patch("/accounts/" + name, NO_OWNER), 409);

        assertThat(second.patch("/accounts/admin", "{\"roles\": {\"*\": \"owner\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(owner.delete("/accounts/" + name).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "viewer"})
    void whoIsNotAnOwnerOfAllSitesManagesNoAccounts(String role) {
        String site = keys.newSite("");
        ApiClient login = keys.login(keys.newAccount(site, role), Installation.PASSWORD);

        assertProblem(login.get("/accounts"), 403);
        assertProblem(login.post("/accounts", "{}"), 403);
        assertProblem(login.patch("/accounts/admin", "{\"password\": \"a long sentence\"}"), 403);
        assertProblem(login.delete("/accounts/admin"), 403);
    }

    private HttpResponse<String> make(String password, String roles) {
        return owner.post(
                "/accounts",
                "{\"name\": \"" + name + "\", \"password\": \"" + password + "\", \"roles\": " + roles + "}");
    }
}
