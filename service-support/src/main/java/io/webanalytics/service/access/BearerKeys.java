package io.webanalytics.service.access;

import io.webanalytics.sites.KeyToken;
import io.webanalytics.sites.Registry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Keys in {@code Authorization: Bearer}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, the header Authorization</a>
 */
final class BearerKeys implements Credentials {

    private static final String SCHEME = "Bearer ";

    private final CurrentRegistry registry;
    private final Clock clock;

    BearerKeys(CurrentRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** A header of any scheme is: it decides, and not a cookie beside it. */
    @Override
    public boolean areIn(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    @Override
    public @Nullable Caller caller(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        KeyToken token = KeyToken.parse(header.substring(SCHEME.length()).strip());
        Registry.KnownKey known = token == null ? null : registry.get().authenticate(token, clock.instant());
        if (known == null) {
            return null;
        }
        String prefix = known.key().prefix();
        registry.used(prefix);
        return new Caller(Caller.Kind.KEY, prefix, known.grants());
    }
}
