package io.webanalytics.reporting.manage;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.reporting.manage.KeyAnswer.NewKey;
import io.webanalytics.reporting.manage.KeyAnswer.NewSiteKey;
import io.webanalytics.service.access.CurrentRegistry;
import io.webanalytics.sites.ApiKey;
import io.webanalytics.sites.KeyScope;
import io.webanalytics.sites.KeyToken;
import io.webanalytics.sites.Registry;
import io.webanalytics.store.sites.KeyDetails;
import io.webanalytics.store.sites.KeyStore;
import io.webanalytics.store.sites.SiteStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The keys of a site, and those of any sites. */
@RestController
@Tag(name = "Keys")
class KeyController {

    private static final int MOST_LISTED = 1_000;
    private static final int MOST_OF_A_SITE = 100;
    private static final String MADE = "The key is made. It is shown this once.";
    private static final String FULL =
            "There are as many keys as there may be, or no room, or a site was removed at the same time.";

    private final KeyStore keys;
    private final SiteStore sites;
    private final CurrentRegistry registry;
    private final Clock clock;

    KeyController(KeyStore keys, SiteStore sites, CurrentRegistry registry, Clock clock) {
        this.keys = keys;
        this.sites = sites;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * Keys.
     *
     * @param keys the newest 1,000, the newest first, those that were revoked in the last 90 days included
     */
    record KeyList(List<KeyAnswer> keys) {}

    /**
     * Lists the keys that are for this site alone.
     *
     * @param siteId the id of the site
     */
    @GetMapping("/sites/{site_id}/keys")
    KeyList listKeysOfSite(@PathVariable("site_id") String siteId) {
        requireSite(siteId);
        return list(keys.ofSite(siteId, MOST_LISTED));
    }

    /**
     * Makes a key for this site.
     *
     * @param siteId the id of the site
     */
    @PostMapping(path = "/sites/{site_id}/keys", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201", description = MADE, useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = FULL)
    KeyAnswer createKeyOfSite(@PathVariable("site_id") String siteId, @RequestBody Fields<NewSiteKey> fields) {
        requireSite(siteId);
        if (keys.countActiveOfSite(siteId, clock.instant()) >= MOST_OF_A_SITE) {
            throw new ConflictException("This site has " + MOST_OF_A_SITE + " keys, as many as it may have.");
        }
        return create(fields, List.of(siteId));
    }

    /**
     * Revokes a key of this site. It ends within seconds.
     *
     * @param siteId the id of the site
     * @param prefix the public part of the key
     */
    @DeleteMapping("/sites/{site_id}/keys/{prefix}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeKeyOfSite(@PathVariable("site_id") String siteId, @PathVariable("prefix") String prefix) {
        KeyDetails found = keys.find(prefix);
        if (found == null || !found.key().sites().equals(List.of(siteId))) {
            throw noKey();
        }
        revokeKey(prefix);
    }

    /** Lists the keys of all sites. */
    @GetMapping("/keys")
    KeyList listKeys() {
        return list(keys.list(MOST_LISTED));
    }

    /** Makes a key for some sites, or for all. */
    @PostMapping(path = "/keys", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201", description = MADE, useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = FULL)
    KeyAnswer createKey(@RequestBody Fields<NewKey> fields) {
        fields.require("sites");
        List<String> ofSites = fields.read("sites", Rules::sites, Rules.SITES, List.of());
        Rules.requireSites(sites, ofSites, fields, "sites");
        return create(fields, ofSites);
    }

    /**
     * Revokes a key. It ends within seconds.
     *
     * @param prefix the public part of the key
     */
    @DeleteMapping("/keys/{prefix}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeKey(@PathVariable("prefix") String prefix) {
        if (!keys.revoke(prefix, clock.instant())) {
            throw noKey();
        }
        registry.refresh();
    }

    private KeyAnswer create(Fields<?> fields, List<String> ofSites) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        fields.require("name", "scope");
        String name = fields.text("name", Rules::isName, Rules.NAME, "");
        KeyScope scope =
                fields.read("scope", node -> Rules.value(node, Rules.SCOPE), Rules.SCOPE.rule(), KeyScope.READ);
        Instant expiresAt =
                fields.<@Nullable Instant>read("expires_at", node -> Rules.future(node, now), Rules.EXPIRES_AT, null);
        fields.check();
        if (keys.countActive(now) >= Registry.MOST_KEYS) {
            throw ConflictException.full(Registry.MOST_KEYS, "keys");
        }
        Rules.requireRoom(registry.get());
        while (true) {
            KeyToken token = KeyToken.random();
            ApiKey key = new ApiKey(token.prefix(), token.hash(), scope, ofSites, expiresAt);
            KeyDetails details = new KeyDetails(key, name, now, null, null);
            if (keys.add(details)) { // else another key has the prefix by chance
                revokeIfSiteIsGone(key);
                registry.refresh();
                return KeyAnswer.of(details, token.reveal());
            }
        }
    }

    /** Revokes a key that was made while a site of it was removed: it would be for a later site of that id. */
    private void revokeIfSiteIsGone(ApiKey key) {
        if (!Rules.missing(sites, key.sites()).isEmpty()) {
            keys.revoke(key.prefix(), clock.instant());
            throw new ConflictException("A site of this key was removed at the same time.");
        }
    }

    private void requireSite(String siteId) {
        if (sites.find(siteId) == null) {
            throw NotThereException.site();
        }
    }

    private static NotThereException noKey() {
        return new NotThereException("There is no key of this prefix that is not revoked.");
    }

    private static KeyList list(List<KeyDetails> found) {
        return new KeyList(found.stream().map(key -> KeyAnswer.of(key, null)).toList());
    }
}
