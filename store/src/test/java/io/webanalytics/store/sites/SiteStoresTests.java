package io.webanalytics.store.sites;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.sites.ApiKey;
import io.webanalytics.sites.KeyScope;
import io.webanalytics.sites.KeyToken;
import io.webanalytics.sites.Permission;
import io.webanalytics.sites.Role;
import io.webanalytics.sites.Site;
import io.webanalytics.testing.TestServers.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored of sites, keys, accounts and logins, on every MongoDB server under test. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyMongo")
class SiteStoresTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Site SHOP =
            new Site("shop.example", "The shop", "Europe/Berlin", List.of("shop.example"), null, false, NOW);

    @Parameter
    Server server;

    private MongoClient client;
    private MongoDatabase database;

    @BeforeEach
    void connect() {
        client = MongoClients.create(server.url());
        database = client.getDatabase("sites-" + UUID.randomUUID());
    }

    @AfterEach
    void disconnect() {
        database.drop();
        client.close();
    }

    @Test
    void aSiteIsAddedOnceAndReplacedOnlyAsItWasRead() {
        SiteStore sites = new SiteStore(database);
        Site renamed = new Site("shop.example", "Shop", "UTC", List.of(), 30, true, NOW);

        assertThat(sites.add(SHOP)).isTrue();
        assertThat(sites.add(renamed)).isFalse();
        assertThat(sites.similar("Shop.Example")).isEqualTo("shop.example");
        assertThat(sites.replace(SHOP, renamed)).isTrue();
        assertThat(sites.replace(SHOP, SHOP)).isFalse();
        assertThat(sites.find("shop.example")).isEqualTo(renamed);
        assertThat(sites.all()).containsExactly(renamed);
        assertThat(sites.remove("shop.example")).isTrue();
        assertThat(sites.remove("shop.example")).isFalse();
        assertThat(sites.find("shop.example")).isNull();
    }

    @Test
    void anIdInOtherLettersIsRefusedByTheIndex() {
        SiteStore sites = new SiteStore(database);
        Site upper = new Site("SHOP.example", "Shop", "UTC", List.of(), null, false, NOW);

        assertThat(sites.ensureIndex()).isTrue();
        assertThat(sites.add(SHOP)).isTrue();
        assertThat(sites.add(upper)).isFalse();
        assertThat(sites.ensureIndex()).as("once more").isTrue();

        database.drop();
        sites.add(SHOP);
        assertThat(sites.add(upper)).as("without the index").isTrue();
        assertThat(sites.ensureIndex()).isFalse();
    }

    @Test
    void idsThatNoSiteHasAreMissing() {
        SiteStore sites = new SiteStore(database);
        sites.add(SHOP);

        assertThat(sites.missing(List.of("b", "shop.example", "a"))).containsExactly("b", "a");
        assertThat(sites.missing(List.of())).isEmpty();
    }

    @Test
    void aSiteThatIsRemovedTakesItsRolesAlong() {
        AccountStore accounts = new AccountStore(database);
        Account both = new Account("both", "p", "1", Map.of("a", Role.OWNER, "b", Role.VIEWER), NOW);
        Account all = new Account("all", "p", "1", Map.of("*", Role.OWNER), NOW);
        accounts.add(both);
        accounts.add(all);

        accounts.removeSite("a");

        assertThat(accounts.find("both")).isNotNull().extracting(Account::roles).isEqualTo(Map.of("b", Role.VIEWER));
        assertThat(accounts.find("all")).isEqualTo(all);
    }

    @Test
    void aRevokedKeyIsListedButNotActive() {
        KeyStore keys = new KeyStore(database);
        keys.ensureIndex();
        KeyDetails kept = key("kept", NOW, null, "a");
        KeyDetails revoked = key("revoked", NOW.plusSeconds(1), null, "a");

        assertThat(keys.add(kept)).isTrue();
        assertThat(keys.add(kept)).isFalse();
        keys.add(revoked);
        assertThat(keys.revoke(revoked.key().prefix(), NOW)).isTrue();
        assertThat(keys.revoke(revoked.key().prefix(), NOW)).isFalse();
        assertThat(keys.active(NOW)).containsExactly(kept.key());
        assertThat(keys.countActive(NOW)).isEqualTo(1);
        assertThat(keys.list(10)).extracting(KeyDetails::name).containsExactly("revoked", "kept");
        assertThat(keys.list(1)).extracting(KeyDetails::name).containsExactly("revoked");
        assertThat(keys.find(revoked.key().prefix()).revokedAt()).isEqualTo(NOW);
    }

    @Test
    void anExpiredKeyIsListedButNotActive() {
        KeyStore keys = new KeyStore(database);
        Instant end = NOW.plusSeconds(1);
        keys.add(key("for ever", NOW, null, "a"));
        keys.add(key("for a second", NOW, end, "a"));
        keys.add(key("of two sites", NOW, null, "a", "b"));

        assertThat(keys.countActive(NOW)).isEqualTo(3);
        assertThat(keys.countActiveOfSite("a", NOW)).isEqualTo(2);
        assertThat(keys.countActive(end)).isEqualTo(2);
        assertThat(keys.countActiveOfSite("a", end)).isEqualTo(1);
        assertThat(keys.active(end)).hasSize(2);
        assertThat(keys.list(10)).hasSize(3);
    }

    @Test
    void aKeyNotesTheLastDayOfItsUse() {
        KeyStore keys = new KeyStore(database);
        KeyDetails key = key("used", NOW, null, "a");
        keys.add(key);

        keys.used(Map.of(key.key().prefix(), LocalDate.parse("2026-03-02"), "unknown", LocalDate.parse("2026-03-02")));
        keys.used(Map.of(key.key().prefix(), LocalDate.parse("2026-03-01")));

        assertThat(keys.find(key.key().prefix()).lastUsed()).isEqualTo("2026-03-02");
    }

    @Test
    void theKeysOfARemovedSiteGoWithIt() {
        KeyStore keys = new KeyStore(database);
        KeyDetails only = key("only", NOW, null, "a");
        KeyDetails both = key("both", NOW, null, "a", "b");
        KeyDetails other = key("other", NOW, null, "b");
        List.of(only, both, other).forEach(keys::add);

        assertThat(keys.ofSite("a", 10)).containsExactly(only);
        keys.removeSite("a", NOW);

        assertThat(keys.active(NOW)).extracting(ApiKey::sites).containsExactly(List.of("b"), List.of("b"));
    }

    @Test
    void aLoginEndsAtLogoutAtItsTimeAndWithThePassword() {
        AccountStore accounts = new AccountStore(database);
        LoginStore logins = new LoginStore(database);
        logins.ensureIndex();
        Account anna = new Account("anna", "{noop}x", "1", Map.of("*", Role.OWNER, "a", Role.VIEWER), NOW);
        assertThat(accounts.add(anna)).isTrue();
        assertThat(accounts.add(anna)).isFalse();

        String ended = logins.begin(anna, NOW, Duration.ofDays(1));
        String kept = logins.begin(anna, NOW, Duration.ofDays(1));
        logins.end(ended);

        assertThat(logins.account(ended, NOW)).isNull();
        assertThat(logins.account(kept, NOW)).isEqualTo(anna);
        assertThat(logins.account(kept, NOW).grants().allow(Permission.MANAGE, "b"))
                .isTrue();
        assertThat(logins.account(kept, NOW.plus(Duration.ofDays(1)))).isNull();
        assertThat(logins.account(kept.substring(1), NOW)).isNull();
        assertThat(logins.account("x".repeat(43), NOW)).isNull();

        Account changed = new Account("anna", "{noop}y", "2", anna.roles(), NOW);
        assertThat(accounts.replace(anna, changed)).isTrue();
        assertThat(logins.account(kept, NOW)).isNull();
        assertThat(accounts.remove("anna")).isTrue();
        assertThat(accounts.all()).isEmpty();
    }

    private static KeyDetails key(String name, Instant createdAt, @Nullable Instant expiresAt, String... sites) {
        KeyToken token = KeyToken.random();
        ApiKey key = new ApiKey(token.prefix(), token.hash(), KeyScope.WRITE, List.of(sites), expiresAt);
        return new KeyDetails(key, name, createdAt, null, null);
    }
}
