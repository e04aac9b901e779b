package io.webanalytics.service.access;

import io.webanalytics.sites.Access;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the keys are known. Down only if keys are needed and none could be read since the process started: with an old
 * registry the service goes on, and a warning says so.
 */
final class RegistryHealth implements HealthIndicator {

    private final Access access;
    private final CurrentRegistry registry;

    RegistryHealth(Access access, CurrentRegistry registry) {
        this.access = access;
        this.registry = registry;
    }

    @Override
    public Health health() {
        CurrentRegistry.State state = registry.state();
        if (state.problem() == null) {
            return Health.up().build();
        }
        if (access == Access.KEYS && state.registry() == null) {
            return Health.down().withDetail("error", state.problem()).build();
        }
        return Health.up()
                .withDetail(
                        "warning",
                        state.readAt() == null
                                ? "no registry: " + state.problem()
                                : "the registry of " + state.readAt() + " is in use: " + state.problem())
                .build();
    }
}
