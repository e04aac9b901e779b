package io.webanalytics.reporting.manage;

import static io.webanalytics.reporting.ApiClient.assertInvalid;
import static io.webanalytics.reporting.ApiClient.assertProblem;
import static io.webanalytics.reporting.ApiClient.cookieOf;
import static io.webanalytics.reporting.ApiClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webanalytics.reporting.ApiClient;
import io.webanalytics.reporting.Installation;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins by HTTP. */
class LoginTests {

    private static final String LOGIN =
            "{\"name\": \"" + Installation.OWNER + "\", \"password\": \"" + Installation.PASSWORD + "\"}";
    private static final String CHANGE =
            "{\"current_password\": \"" + Installation.PASSWORD + "\", \"password\": \"another sentence\"}";

    private final Installation keys = Installation.keys();

    @Test
    void aLoginIsACookieThatScriptsAndForeignPagesDoNotGet() {
        HttpResponse<String> login = keys.nobody().post("/login", LOGIN);

        assertThat(login.body())
                .isEqualTo("{\"access\":\"keys\",\"caller\":\"login\",\"name\":\"admin\","
                        + "\"permissions\":{\"*\":[\"read\",\"manage\"]}}");
        assertThat(attributesOfCookie(login))
                .contains("Path=/", "Max-Age=2592000", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure")
                .noneMatch(attribute -> attribute.startsWith("Domain"));
        String token = cookieOf(login).substring("login=".length());
        assertThat(keys.stored()).doesNotContain(token);
        ApiClient caller = keys.nobody().cookie(cookieOf(login));
        assertThat(caller.get("/me").body()).isEqualTo(login.body());
        assertThat(caller.get("/me").headers().firstValue("Cache-Control").orElseThrow())
                .contains("no-store");
    }

    @Test
    void behindTlsTheCookieIsSecure() {
        ApiClient behindTls = keys.nobody().with("X-Forwarded-Proto", "https");

        assertThat(attributesOfCookie(behindTls.post("/login", LOGIN))).contains("Secure");
    }

    @Test
    void aLogoutEndsTheLoginAtOnceAndNoOther() {
        ApiClient login = keys.login(Installation.OWNER, Installation.PASSWORD);
        ApiClient other = keys.owner();

        HttpResponse<String> logout = login.post("/logout", "");

        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(cookieOf(logout)).isEqualTo("login=");
        assertThat(attributesOfCookie(logout)).contains("Path=/", "Max-Age=0");
        assertProblem(login.get("/me"), 401);
        assertThat(other.get("/me").statusCode()).isEqualTo(200);
        assertThat(login.post("/logout", "").statusCode()).as("once more").isEqualTo(204);
        assertThat(keys.nobody().post("/logout", "").statusCode()).isEqualTo(204);
    }

    @Test
    void aWrongNameAndAWrongPasswordAreRefusedAlike() {
        String wrongPassword = LOGIN.replace(Installation.PASSWORD, "wrong");
        HttpResponse<String> refused = keys.nobody().post("/login", wrongPassword);

        assertProblem(refused, 401);
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
        for (String name : List.of("nobody", "ADMIN", "admin ", "", "\\u0000", "n".repeat(10_000))) {
            HttpResponse<String> unknown = keys.nobody().post("/login", LOGIN.replace("\"admin\"", "\"" + name + "\""));
            assertThat(unknown.statusCode()).isEqualTo(401);
            assertThat(unknown.body()).isEqualTo(refused.body());
        }
        assertThat(keys.nobody()
                        .post("/login", LOGIN.replace(Installation.PASSWORD, "p".repeat(10_000)))
                        .body())
                .isEqualTo(refused.body());
    }

    @Test
    void aLoginNeedsANameAndAPassword() {
        assertInvalid(keys.nobody().post("/login", "{\"name\": \"admin\"}"), "password", "is required");
        assertInvalid(keys.nobody().post("/login", "{\"name\": 1, \"password\": \"x\"}"), "name", "must be a string");
        assertInvalid(keys.nobody().post("/login", "{\"name\": \"a\", \"password\": {}}"), "password", "must be");
        assertInvalid(keys.nobody().post("/login", LOGIN.replace("}", ", \"a\": 1}")), "a", "is not known here");
        assertInvalid(keys.nobody().post("/login", "[]"), "body", "must be a JSON object");
    }

    @Test
    void anotherPasswordEndsTheOtherLoginsAndBeginsAnother() {
        String name = keys.newAccount("*", "viewer");
        ApiClient login = keys.login(name, Installation.PASSWORD);
        ApiClient other = keys.login(name, Installation.PASSWORD);

        assertInvalid(
                login.patch("/me", CHANGE.replace(Installation.PASSWORD, "wrong")),
                "current_password",
                "must be the present password");
        assertInvalid(login.patch("/me", CHANGE.replace("another sentence", "short")), "password", "10 characters");
        assertInvalid(login.patch("/me", "{\"password\": \"another sentence\"}"), "current_password", "is required");
        assertThat(other.get("/me").statusCode()).isEqualTo(200);

        HttpResponse<String> changed = login.patch("/me", CHANGE);

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(attributesOfCookie(changed)).contains("HttpOnly", "SameSite=Lax");
        assertThat(keys.nobody().cookie(cookieOf(changed)).get("/me").statusCode())
                .isEqualTo(200);
        assertProblem(login.get("/me"), 401);
        assertProblem(other.get("/me"), 401);
        assertThat(keys.login(name, "another sentence").get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyALoginHasAPassword() {
        assertProblem(keys.newKey("admin", "*").patch("/me", CHANGE), 403);
        assertProblem(keys.nobody().patch("/me", CHANGE), 401);
        assertProblem(Installation.open().nobody().patch("/me", CHANGE), 401);
        assertProblem(Installation.open().newKey("admin", "*").patch("/me", CHANGE), 403);
    }

    @Test
    void aCookieThatIsNoLoginIsRefused() {
        HttpResponse<String> login = keys.nobody().post("/login", LOGIN);
        String cookie = cookieOf(login);
        String ofAnother = cookieOf(Installation.open().nobody().post("/login", LOGIN));

        for (String wrong : List.of(
                cookie.substring(0, cookie.length() - 1),
                cookie + "a",
                "login=",
                "login",
                ofAnother,
                "login=" + "a".repeat(43),
                "login=" + "a".repeat(4_000),
                cookie.replace("login", "Login"),
                ofAnother + "; " + cookie)) {
            HttpResponse<String> refused = keys.nobody().cookie(wrong).get("/me");
            assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        }
        assertThat(keys.nobody().cookie(cookie + "; " + ofAnother).get("/me").statusCode())
                .as("the first of two counts")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer", "Basic YWRtaW46YQ==", "bearer wa_aaaaaaaa_b"})
    void aWrongKeyIsNotHelpedByALogin(String authorization) {
        assertProblem(keys.owner().with("Authorization", authorization).get("/me"), 401);
    }

    @Test
    void everybodyLearnsWhoTheyAre() {
        Installation open = Installation.open();
        String site = keys.newSite("");

        assertThat(open.nobody().get("/me").body()).isEqualTo("{\"access\":\"open\"}");
        assertProblem(keys.nobody().get("/me"), 401);
        assertThat(json(keys.newKey("write", site).get("/me"))
                        .get("permissions")
                        .toString())
                .isEqualTo("{\"" + site + "\":[\"write\"]}");
    }

    @Test
    void withoutMongoDbLoginsAreCheckedLater() {
        ApiClient login = keys.owner();
        ApiClient key = keys.newKey("admin", "*");
        keys.mongo().cut();
        try {
            List<Supplier<HttpResponse<String>>> requests = List.of(
                    () -> login.get("/me"),
                    () -> login.post("/logout", ""),
                    () -> keys.nobody().post("/login", LOGIN),
                    () -> key.post("/sites", "{\"site_id\": \"a\"}"));
            assertThat(requests.parallelStream().map(Supplier::get).toList()).allSatisfy(response -> {
                assertProblem(response, 503);
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
            });
            assertThat(key.get("/me").statusCode()).as("keys are known").isEqualTo(200);
        } finally {
            keys.mongo().restore();
        }
        await("its return").until(() -> login.get("/me").statusCode() == 200);
    }

    private static List<String> attributesOfCookie(HttpResponse<String> response) {
        return List.of(response.headers().firstValue("Set-Cookie").orElseThrow().split("; "));
    }
}
