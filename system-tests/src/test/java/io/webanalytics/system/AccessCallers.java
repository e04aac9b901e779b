package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webanalytics.sites.KeyToken;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes sites, keys and accounts through the API, and has callers of every kind that {@code docs/SECURITY.md} names. */
final class AccessCallers {

    static final String PASSWORD = "a password of the tests";

    /** What starts a system with these callers. */
    static final String[] SETTINGS = {"--access=keys", "--admin-password=" + PASSWORD};

    static final String SITE = "site";
    static final String PUBLIC_SITE = "public";
    /** A site that may be removed: who may do so with {@link #SITE} may do so with this one. */
    static final String SPARE_SITE = "spare";
    /** An account that may be changed. */
    static final String ACCOUNT = "viewer of the site";

    private static final String OTHER_SITE = "other";
    private static final String ALL = "*";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT_LIFE = Duration.ofSeconds(1);
    private static final int TOKEN_LENGTH = 43;
    private static final Pattern COOKIE = Pattern.compile("login=(\\w*)");
    private static final JsonMapper JSON = new JsonMapper();

    private final Service reporting;
    private final AccessCaller owner;
    private final AccessCaller operator;
    private final Map<String, List<AccessCaller>> byColumn = new LinkedHashMap<>();

    AccessCallers(Service reporting) {
        this.reporting = reporting;
        owner = await("the first owner").atMost(PATIENCE).ignoreExceptions().until(() -> login("admin"), made -> true);
        for (String site : List.of(SITE, PUBLIC_SITE, SPARE_SITE, OTHER_SITE)) {
            make("/sites", "{\"site_id\": \"" + site + "\", \"public\": " + site.equals(PUBLIC_SITE) + "}");
        }
        AccessCaller expired = key("an expired key", "read", Instant.now().plus(SHORT_LIFE), SITE);
        operator = key("an admin key", "admin", ALL);
        byColumn.put("none", List.of(AccessCaller.ANONYMOUS));
        byColumn.put(
                "other site",
                List.of(
                        key("a write key of another site", "write", OTHER_SITE),
                        key("an admin key of another site", "admin", OTHER_SITE)));
        byColumn.put("write key", List.of(key("a write key", "write", SITE)));
        byColumn.put("read key", List.of(key("a read key", "read", SITE)));
        byColumn.put("admin key of the site", List.of(key("an admin key of the site", "admin", SITE, SPARE_SITE)));
        byColumn.put("admin key", List.of(operator));
        byColumn.put("viewer", List.of(account(ACCOUNT, "{\"site\": \"viewer\"}")));
        byColumn.put(
                "owner of the site",
                List.of(account("owner of the site", "{\"site\": \"owner\", \"spare\": \"owner\"}")));
        byColumn.put("owner", List.of(owner));
        byColumn.put("invalid", invalid(expired));
        await("the short life of a key").pollDelay(SHORT_LIFE).until(() -> true);
    }

    private List<AccessCaller> invalid(AccessCaller expired) {
        String revoked = makeKey("admin", "", ALL).get("key").asString();
        assertThat(owner.send("DELETE", reporting.url("/keys/" + prefix(revoked)), "")
                        .statusCode())
                .isEqualTo(204);
        String other = KeyToken.random().reveal();
        String wrong = revoked.substring(0, revoked.length() - 1) + (revoked.endsWith("0") ? "1" : "0");
        AccessCaller ended = login("admin");
        assertThat(ended.send("POST", reporting.url("/logout"), "").statusCode())
                .isEqualTo(204);
        return List.of(
                expired,
                AccessCaller.withKey("a revoked key", revoked),
                AccessCaller.withKey("an unknown key", other),
                AccessCaller.withKey("a key with a wrong secret", wrong),
                AccessCaller.withKey("a key that is cut", other.substring(0, 20)),
                AccessCaller.withHeader("a key without a scheme", other),
                AccessCaller.withHeader("Bearer alone", "Bearer"),
                AccessCaller.withHeader("Basic", "Basic YWRtaW46YSBwYXNzd29yZCBvZiB0aGUgdGVzdHM="),
                AccessCaller.withoutLogin("a login that ended", ended.token()),
                AccessCaller.withoutLogin("a login that is cut", owner.token().substring(1)),
                AccessCaller.withoutLogin("an empty login", ""),
                AccessCaller.withoutLogin("a login of another installation", KeyToken.randomText(TOKEN_LENGTH)),
                login("admin").and("an unknown key beside a login", "Bearer " + other));
    }

    static String prefix(String key) {
        return key.split("_")[1];
    }

    /** Returns the callers of each column. */
    Map<String, List<AccessCaller>> byColumn() {
        return byColumn;
    }

    /** Returns the callers of a column. */
    List<AccessCaller> of(String column) {
        return byColumn.get(column);
    }

    /** Returns who may do everything, with a key. */
    AccessCaller operator() {
        return operator;
    }

    private AccessCaller account(String name, String roles) {
        make("/accounts", "{\"name\": \"" + name + "\", \"password\": \"" + PASSWORD + "\", \"roles\": " + roles + "}");
        return login(name);
    }

    /** Logs in. */
    AccessCaller login(String name) {
        HttpResponse<String> response = AccessCaller.ANONYMOUS.send(
                "POST", reporting.url("/login"), "{\"name\": \"" + name + "\", \"password\": \"" + PASSWORD + "\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        return AccessCaller.withLogin(name, token(response));
    }

    /** Returns the content of the login's cookie that a response sets. */
    static String token(HttpResponse<?> response) {
        Matcher cookie =
                COOKIE.matcher(response.headers().firstValue("Set-Cookie").orElseThrow());
        assertThat(cookie.find()).isTrue();
        return cookie.group(1);
    }

    /** Makes a key. */
    AccessCaller key(String name, String scope, String... sites) {
        return AccessCaller.withKey(name, makeKey(scope, "", sites).get("key").asString());
    }

    private AccessCaller key(String name, String scope, Instant expiresAt, String site) {
        return AccessCaller.withKey(
                name,
                makeKey(scope, ", \"expires_at\": \"" + expiresAt + "\"", site)
                        .get("key")
                        .asString());
    }

    private JsonNode makeKey(String scope, String more, String... sites) {
        return make(
                "/keys",
                "{\"name\": \"test\", \"scope\": \"" + scope + "\", \"sites\": [\"" + String.join("\", \"", sites)
                        + "\"]" + more + "}");
    }

    /** Has the owner make something. */
    JsonNode make(String path, String json) {
        HttpResponse<String> response = owner.send("POST", reporting.url(path), json);
        assertThat(response.statusCode())
                .as(path + " " + json + " " + response.body())
                .isEqualTo(201);
        return JSON.readTree(response.body());
    }
}
