package io.webanalytics.store.sites;

import io.webanalytics.sites.ApiKey;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A key as people see it.
 *
 * @param key what requests are checked against
 * @param name what it is for, in the words of who made it
 * @param createdAt when it was made
 * @param lastUsed the last day, in UTC, on which it was used; null for never
 * @param revokedAt when it was revoked; null for not at all
 */
public record KeyDetails(
        ApiKey key,
        String name,
        Instant createdAt,
        @Nullable LocalDate lastUsed,
        @Nullable Instant revokedAt) {}
