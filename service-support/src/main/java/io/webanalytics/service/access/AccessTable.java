package io.webanalytics.service.access;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/**
 * What every request to a service needs. The first rule that fits decides. A request that fits none needs what the most
 * powerful ones need.
 */
public record AccessTable(List<AccessRule> rules) {

    /** What all services have: health for whoever asks, and metrics and descriptions for operators. */
    private static final List<AccessRule> COMMON = List.of(
            AccessRule.of("/actuator/health/**", Need.NOTHING), // only operators see details
            AccessRule.of("/actuator/**", Need.OPERATE),
            AccessRule.of("/openapi.json", Need.OPERATE),
            AccessRule.of("/openapi.json/**", Need.OPERATE),
            AccessRule.of("/openapi.json.yaml", Need.OPERATE),
            AccessRule.of("/docs", Need.OPERATE),
            AccessRule.of("/docs/**", Need.OPERATE),
            AccessRule.of("/swagger-ui/**", Need.OPERATE),
            AccessRule.of("/webjars/**", Need.OPERATE));

    public AccessTable {
        rules = List.copyOf(rules);
    }

    /** Returns a table of a service's own rules and the common ones. */
    public static AccessTable of(AccessRule... own) {
        return new AccessTable(Stream.concat(Stream.of(own), COMMON.stream()).toList());
    }

    /** Returns what requests need where access needs keys. */
    public Need need(HttpMethod method, String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        return rules.stream()
                .filter(rule -> rule.fits(method, parsed))
                .map(AccessRule::need)
                .findFirst()
                .orElse(Need.OPERATE);
    }
}
