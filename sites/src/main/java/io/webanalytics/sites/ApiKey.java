package io.webanalytics.sites;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request's key is checked against.
 *
 * @param prefix the public part of the key, which names it
 * @param hash the SHA-256 of its secret part, in lower-case hexadecimal digits
 * @param scope what it is for
 * @param sites the ids of its sites in their order, or {@link Grants#ALL_SITES}
 * @param expiresAt when it ends; null for never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKey(
        String prefix,
        String hash,
        KeyScope scope,
        List<String> sites,
        @Nullable Instant expiresAt) {

    public ApiKey {
        Objects.requireNonNull(prefix);
        Objects.requireNonNull(hash);
        Objects.requireNonNull(scope);
        sites = sites.stream().distinct().sorted().toList();
    }

    /** Whether a token is this key, and may be used at an instant. The comparison takes the same time whatever differs. */
    boolean accepts(KeyToken token, Instant now) {
        return isSecret(hash, token) && (expiresAt == null || now.isBefore(expiresAt));
    }

    static boolean isSecret(String hash, KeyToken token) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), token.hash().getBytes(StandardCharsets.US_ASCII));
    }

    Grants grants() {
        return Grants.of(scope, sites);
    }
}
