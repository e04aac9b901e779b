package io.webanalytics.sites;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All sites, and all keys that are neither revoked nor expired, at an instant. Immutable. A check takes no look-up elsewhere. */
public final class Registry {

    /** The most sites of an installation. */
    public static final int MOST_SITES = 10_000;
    /** The most keys of an installation that are neither revoked nor expired. */
    public static final int MOST_KEYS = 10_000;

    /** The most bytes of {@link RegistryFormat#encode}: beyond them, nothing is added. What is added at the same time may exceed them. */
    public static final int MOST_BYTES = 4 * 1024 * 1024;

    /** No site and no key. */
    public static final Registry EMPTY = new Registry(List.of(), List.of());

    private static final String NO_SECRET = "0".repeat(64);

    private final Map<String, Site> sites;
    private final Map<String, KnownKey> keys;

    /**
     * A key, and what it allows.
     *
     * @param grants made once, since every request needs them
     */
    public record KnownKey(ApiKey key, Grants grants) {}

    public Registry(Collection<Site> sites, Collection<ApiKey> keys) {
        this.sites = sites.stream().collect(Collectors.toUnmodifiableMap(Site::siteId, Function.identity()));
        this.keys = keys.stream()
                .collect(Collectors.toUnmodifiableMap(ApiKey::prefix, key -> new KnownKey(key, key.grants())));
    }

    /** Returns the site of an id; null if there is none. */
    public @Nullable Site site(String siteId) {
        return sites.get(siteId);
    }

    /** Returns all sites, in no order. */
    public Collection<Site> sites() {
        return sites.values();
    }

    /** Returns all keys, in no order. */
    public Collection<ApiKey> keys() {
        return keys.values().stream().map(KnownKey::key).toList();
    }

    /** Returns the key that a token is; null if it is unknown, wrong or expired. An unknown one takes as long as a wrong one. */
    public @Nullable KnownKey authenticate(KeyToken token, Instant now) {
        KnownKey known = keys.get(token.prefix());
        if (known == null) {
            ApiKey.isSecret(NO_SECRET, token);
            return null;
        }
        return known.key().accepts(token, now) ? known : null;
    }
}
