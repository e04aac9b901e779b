package io.webanalytics.reporting.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.service.access.CurrentRegistry;
import io.webanalytics.sites.ApiKey;
import io.webanalytics.sites.Grants;
import io.webanalytics.sites.KeyScope;
import io.webanalytics.sites.KeyToken;
import io.webanalytics.sites.Registry;
import io.webanalytics.store.sites.KeyDetails;
import io.webanalytics.store.sites.KeyStore;
import io.webanalytics.store.sites.SiteStore;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys of a site, and those of any sites. */
@RestController
@Tag(name = "Keys")
class KeyController {

    private static final int MOST_LISTED = 1_000;

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
     * A key without its secret.
     *
     * @param prefix the public part of the key, which names it
     * @param name what it is for
     * @param scope write: to send events; read: to read figures; admin: both, and to change the sites and their keys
     * @param sites the ids of its sites, or * for all, those that are made later included
     * @param createdAt when it was made
     * @param expiresAt when it ends; null for never
     * @param lastUsed the last day, in UTC, on which it was used; null for never
     * @param revokedAt when it was revoked; null for not at all
     * @param key the whole key, shown this once; only in the response that makes it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyAnswer(
            String prefix,
            String name,
            KeyScope scope,
            List<String> sites,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("expires_at") @Nullable Instant expiresAt,
            @JsonProperty("last_used") @Nullable LocalDate lastUsed,
            @JsonProperty("revoked_at") @Nullable Instant revokedAt,
            @Nullable String key) {

        static KeyAnswer of(KeyDetails details, @Nullable String token) {
            ApiKey key = details.key();
            return new KeyAnswer(
                    key.prefix(),
                    details.name(),
                    key.scope(),
                    key.sites(),
                    details.createdAt(),
                    key.expiresAt(),
                    details.lastUsed(),
                    details.revokedAt(),
                    token);
        }
    }

    /**
     * Keys.
     *
     * @param keys the newest 1,000, the newest first, those that were revoked in the last 90 days included
     */
    record KeyList(List<KeyAnswer> keys) {}

    /**
     * A key to make.
     *
     * @param name what it is for
     * @param scope write, read or admin
     * @param expiresAt when it ends; missing for never
     */
    record NewSiteKey(
            String name,
            KeyScope scope,
            @JsonProperty("expires_at") @Nullable Instant expiresAt) {}

    /**
     * A key to make, for any sites.
     *
     * @param name what it is for
     * @param scope write, read or admin
     * @param sites the ids of its sites, or * for all
     * @param expiresAt when it ends; missing for never
     */
    record NewKey(
            String name,
            KeyScope scope,
            List<String> sites,
            @JsonProperty("expires_at") @Nullable Instant expiresAt) {}

    /** Lists the keys that are for this site alone. */
    @GetMapping("/sites/{site_id}/keys")
    KeyList ofSite(@PathVariable("site_id") String siteId) {
        return list(keys.ofSite(siteId, 0, MOST_LISTED));
    }

    /** Makes a key for this site. */
    @PostMapping("/sites/{site_id}/keys")
    @Operation(
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = NewSiteKey.class))))
    @ApiResponse(
            responseCode = "201",
            description = "The key is made. It is shown this once.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = KeyAnswer.class)))
    @ApiResponse(responseCode = "409", description = "There are as many keys as there may be.")
    ResponseEntity<KeyAnswer> createOfSite(@PathVariable("site_id") String siteId, HttpServletRequest request) {
        if (sites.find(siteId) == null) {
            throw new NotThereException("There is no site of this id.");
        }
        return create(Fields.of(request), List.of(siteId));
    }

    /** Revokes a key of this site. It ends within seconds. */
    @DeleteMapping("/sites/{site_id}/keys/{prefix}")
    @ApiResponse(responseCode = "204", description = "The key is revoked.", content = @Content)
    ResponseEntity<Void> revokeOfSite(@PathVariable("site_id") String siteId, @PathVariable("prefix") String prefix) {
        KeyDetails found = keys.find(prefix);
        return revoke(found != null && found.key().sites().equals(List.of(siteId)) ? found : null);
    }

    /** Lists the keys of all sites. */
    @GetMapping("/keys")
    KeyList all() {
        return list(keys.list(0, MOST_LISTED));
    }

    /** Makes a key for some sites, or for all. */
    @PostMapping("/keys")
    @Operation(
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = NewKey.class))))
    @ApiResponse(
            responseCode = "201",
            description = "The key is made. It is shown this once.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = KeyAnswer.class)))
    @ApiResponse(responseCode = "409", description = "There are as many keys as there may be.")
    ResponseEntity<KeyAnswer> create(HttpServletRequest request) {
        Fields fields = Fields.of(request).require("sites");
        List<String> given = fields.read("sites", Rules::sites, Rules.SITES, List.of());
        for (String siteId : given) {
            if (!siteId.equals(Grants.ALL_SITES) && sites.find(siteId) == null) {
                fields.reject("sites", "must name sites that were made: " + siteId + " was not");
            }
        }
        return create(fields, given);
    }

    /** Revokes a key. It ends within seconds. */
    @DeleteMapping("/keys/{prefix}")
    @ApiResponse(responseCode = "204", description = "The key is revoked.", content = @Content)
    ResponseEntity<Void> revoke(@PathVariable("prefix") String prefix) {
        return revoke(keys.find(prefix));
    }

    private ResponseEntity<KeyAnswer> create(Fields fields, List<String> ofSites) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        fields.require("name", "scope");
        String name = fields.text("name", Rules::isName, Rules.NAME, "");
        KeyScope scope = fields.read(
                "scope", node -> Rules.word(node, KeyScope.class), Rules.oneOf(KeyScope.class), KeyScope.READ);
        Instant expiresAt =
                fields.<@Nullable Instant>read("expires_at", node -> Rules.future(node, now), Rules.EXPIRES_AT, null);
        fields.check();
        if (keys.countActive() >= Registry.MOST_KEYS) {
            throw new ConflictException("There are " + Registry.MOST_KEYS + " keys, as many as there may be.");
        }
        while (true) {
            KeyToken token = KeyToken.random();
            ApiKey key = new ApiKey(token.prefix(), token.hash(), scope, ofSites, expiresAt);
            KeyDetails details = new KeyDetails(key, name, now, null, null);
            if (keys.add(details)) { // else another key has the prefix by chance
                registry.refresh();
                return ResponseEntity.status(HttpStatus.CREATED).body(KeyAnswer.of(details, token.reveal()));
            }
        }
    }

    private ResponseEntity<Void> revoke(@Nullable KeyDetails key) {
        if (key == null || !keys.revoke(key.key().prefix(), clock.instant())) {
            throw new NotThereException("There is no key of this prefix that is not revoked.");
        }
        registry.refresh();
        return ResponseEntity.noContent().build();
    }

    private static KeyList list(List<KeyDetails> found) {
        return new KeyList(found.stream().map(key -> KeyAnswer.of(key, null)).toList());
    }
}
