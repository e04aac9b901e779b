package io.webanalytics.service.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointWebExtension;
import org.springframework.boot.health.registry.HealthContributorRegistry;

/**
 * The health of a service. Only operators see details. Below a component, such as at {@code /actuator/health/a/b}, the response is
 * 404: Spring Boot's own endpoint fails there.
 */
final class FlatHealth extends HealthEndpointWebExtension {

    /** The default of Spring Boot for indicators that are logged as slow. */
    private static final Duration SLOW = Duration.ofSeconds(10);

    private final HealthEndpointGroups groups;
    private final BooleanSupplier isOperator;

    FlatHealth(HealthContributorRegistry registry, HealthEndpointGroups groups, BooleanSupplier isOperator) {
        super(registry, null, groups, SLOW);
        this.groups = groups;
        this.isOperator = isOperator;
    }

    @Override
    public WebEndpointResponse<HealthDescriptor> health(
            ApiVersion version,
            @Nullable WebServerNamespace namespace,
            SecurityContext security,
            boolean showAll,
            String... path) {
        boolean inGroup = path.length > 0 && groups.get(path[0]) != null;
        return path.length > (inGroup ? 2 : 1)
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
                : super.health(version, namespace, security, isOperator.getAsBoolean(), path);
    }
}
