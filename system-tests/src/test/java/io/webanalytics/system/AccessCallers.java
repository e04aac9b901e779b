package io.webanalytics.system;

import static org.awaitility.Awaitility.await;

import io.webanalytics.sites.KeyToken;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Callers of every kind that {@code docs/SECURITY.md} names. */
final class AccessCallers {

    static final String SITE = "site";
    static final String PUBLIC_SITE = "public";
    /** A site that may be removed: who may do so with {@link #SITE} may do so with this one. */
    static final String SPARE_SITE = "spare";
    /** An account that may be changed. */
    static final String ACCOUNT = "viewer";

    /** An account that owns {@link #SITE} and {@link #SPARE_SITE}. */
    static final String OWNER = "site-owner";

    static final String ROLES_OF_OWNER = "{\"site\": \"owner\", \"spare\": \"owner\"}";

    private static final String OTHER_SITE = "other";
    private static final Duration SHORT_LIFE = Duration.ofSeconds(1);
    private static final int TOKEN_LENGTH = 43;

    private final AccessAdmin admin;
    private final Map<String, List<AccessCaller>> byColumn = new LinkedHashMap<>();

    AccessCallers(AccessAdmin admin) {
        this.admin = admin;
        for (String site : List.of(SITE, PUBLIC_SITE, SPARE_SITE, OTHER_SITE)) {
            admin.site(site, site.equals(PUBLIC_SITE));
        }
        String expiry = ", \"expires_at\": \"" + Instant.now().plus(SHORT_LIFE) + "\"";
        AccessCaller expired = AccessCaller.withKey("an expired key", admin.keyWith(expiry, "read", SITE));
        byColumn.put("none", List.of(AccessCaller.ANONYMOUS));
        byColumn.put("invalid", invalid(expired));
        byColumn.put(
                "other site",
                List.of(
                        key("a write key of another site", "write", OTHER_SITE),
                        key("an admin key of another site", "admin", OTHER_SITE)));
        byColumn.put("write key", List.of(key("a write key", "write", SITE)));
        byColumn.put("read key", List.of(key("a read key", "read", SITE)));
        byColumn.put("admin key of the site", List.of(key("an admin key of the site", "admin", SITE, SPARE_SITE)));
        byColumn.put("admin key", List.of(key("an admin key", "admin", AccessAdmin.ALL)));
        byColumn.put("viewer", List.of(admin.account(ACCOUNT, "{\"site\": \"viewer\"}")));
        byColumn.put("owner of the site", List.of(admin.account(OWNER, ROLES_OF_OWNER)));
        byColumn.put("owner", List.of(admin.owner()));
        await("the end of a key").pollDelay(SHORT_LIFE).until(() -> true);
    }

    private List<AccessCaller> invalid(AccessCaller expired) {
        String revoked = admin.key("admin", AccessAdmin.ALL);
        admin.revoke(revoked);
        String unknown = KeyToken.random().reveal();
        String known = admin.key("admin", AccessAdmin.ALL);
        String wrong = known.substring(0, known.length() - 1) + (known.endsWith("0") ? "1" : "0");
        AccessCaller ended = admin.login(AccessAdmin.NAME);
        admin.logout(ended);
        return List.of(
                expired,
                AccessCaller.withKey("a revoked key", revoked),
                AccessCaller.withKey("an unknown key", unknown),
                AccessCaller.withKey("a key with a wrong secret", wrong),
                AccessCaller.withKey("a key that is cut", known.substring(0, 20)),
                AccessCaller.withHeader("a key without a scheme", known),
                AccessCaller.withHeader("no key", "Bearer"),
                AccessCaller.withHeader("a name and its password", "Basic YWRtaW46YSBwYXNzd29yZCBvZiB0aGUgdGVzdHM="),
                AccessCaller.withoutLogin("a login that ended", ended.token()),
                AccessCaller.withoutLogin(
                        "a login that is cut", admin.owner().token().substring(1)),
                AccessCaller.withoutLogin("an empty login", ""),
                AccessCaller.withoutLogin("a login of another installation", KeyToken.randomText(TOKEN_LENGTH)),
                admin.owner().and("an unknown key beside a login", "Bearer " + unknown));
    }

    private AccessCaller key(String name, String scope, String... sites) {
        return AccessCaller.withKey(name, admin.key(scope, sites));
    }

    /** Returns the callers of each column. */
    Map<String, List<AccessCaller>> byColumn() {
        return byColumn;
    }

    /** Returns the callers of a column. */
    List<AccessCaller> of(String column) {
        return byColumn.get(column);
    }

    /** Whether a caller is the first of its column. */
    boolean isFirst(AccessCaller caller) {
        return byColumn.values().stream().anyMatch(column -> column.get(0) == caller);
    }

    /** Returns who may do everything, with a key. */
    AccessCaller operator() {
        return of("admin key").get(0);
    }
}
