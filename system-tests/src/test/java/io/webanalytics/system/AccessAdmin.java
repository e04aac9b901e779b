package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes sites, keys and accounts through the API. */
final class AccessAdmin {

    /** The account that the system makes itself, an owner of all sites. */
    static final String NAME = "admin";

    /** Stands for all sites. */
    static final String ALL = "*";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern COOKIE = Pattern.compile("login=(\\w*)");
    private static final JsonMapper JSON = new JsonMapper();

    private final Service reporting;
    private final AccessCaller owner;

    /** Logs in, as soon as there is the account. */
    AccessAdmin(Service reporting) {
        this.reporting = reporting;
        owner = await("the first owner").atMost(PATIENCE).ignoreExceptions().until(() -> login(NAME), made -> true);
    }

    /** Returns who may do everything, with a login. */
    AccessCaller owner() {
        return owner;
    }

    /** Makes a site. */
    void site(String id, boolean isPublic) {
        make("/sites", "{\"site_id\": \"" + id + "\", \"public\": " + isPublic + "}");
    }

    /** Makes a key. Returns it. */
    String key(String scope, String... sites) {
        return keyWith("", scope, sites);
    }

    /** Makes a key with another field. Returns it. */
    String keyWith(String field, String scope, String... sites) {
        return make(
                        "/keys",
                        "{\"name\": \"test\", \"scope\": \"" + scope + "\", \"sites\": [\""
                                + String.join("\", \"", sites) + "\"]" + field + "}")
                .get("key")
                .asString();
    }

    void revoke(String key) {
        String prefix = key.split("_")[1];
        assertThat(owner.send("DELETE", reporting.url("/keys/" + prefix), "").statusCode())
                .isEqualTo(204);
    }

    /** Makes an account. Returns its login. */
    AccessCaller account(String name, String roles) {
        make(
                "/accounts",
                "{\"name\": \"" + name + "\", \"password\": \"" + Analytics.PASSWORD + "\", \"roles\": " + roles + "}");
        return login(name);
    }

    AccessCaller login(String name) {
        HttpResponse<String> response = AccessCaller.ANONYMOUS.send(
                "POST",
                reporting.url("/login"),
                "{\"name\": \"" + name + "\", \"password\": \"" + Analytics.PASSWORD + "\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        return AccessCaller.withLogin(name, token(response));
    }

    void logout(AccessCaller login) {
        assertThat(login.send("POST", reporting.url("/logout"), "").statusCode())
                .isEqualTo(204);
    }

    /** Returns the content of the login's cookie that a response sets. */
    static String token(HttpResponse<?> response) {
        Matcher cookie =
                COOKIE.matcher(response.headers().firstValue("Set-Cookie").orElseThrow());
        assertThat(cookie.find()).isTrue();
        return cookie.group(1);
    }

    /** Makes something. Returns what the API says of it. */
    JsonNode make(String path, String json) {
        HttpResponse<String> response = owner.send("POST", reporting.url(path), json);
        assertThat(response.statusCode())
                .as(path + " " + json + " " + response.body())
                .isEqualTo(201);
        return JSON.readTree(response.body());
    }
}
