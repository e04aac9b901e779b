package io.webanalytics.reporting.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.sites.ApiKey;
import io.webanalytics.sites.KeyScope;
import io.webanalytics.store.sites.KeyDetails;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Leaves the whole key out. */
    @Override
    public String toString() {
        return "KeyAnswer[" + prefix + "]";
    }

    /**
     * A key to make.
     *
     * @param name what it is for
     * @param scope write, read or admin
     * @param expiresAt when it ends; missing for never
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
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
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NewKey(
            String name,
            KeyScope scope,
            List<String> sites,
            @JsonProperty("expires_at") @Nullable Instant expiresAt) {}
}
