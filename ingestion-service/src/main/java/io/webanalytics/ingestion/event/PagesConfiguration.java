package io.webanalytics.ingestion.event;

import io.webanalytics.ingestion.IngestionProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

/**
 * Lets pages of other origins send events and read every response, refusals included (CORS). So the filter runs before
 * all others and allows every method: what refuses a method comes later.
 *
 * <p>Credentials are allowed, since {@code navigator.sendBeacon} always sends them. That is safe: nothing here reads a
 * cookie, so credentials add no rights to a request.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch Standard, CORS protocol</a>
 */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration {

    private static final Duration PREFLIGHT_VALID_FOR = Duration.ofHours(1);

    @Bean
    FilterRegistrationBean<CorsFilter> pages(IngestionProperties properties, WebEndpointProperties actuator) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOriginPatterns(properties.allowedOrigins());
        cors.setAllowCredentials(true);
        cors.addAllowedMethod(CorsConfiguration.ALL);
        cors.addAllowedHeader(CorsConfiguration.ALL);
        cors.setExposedHeaders(List.of(EventController.EVENT_ID, HttpHeaders.RETRY_AFTER));
        cors.setMaxAge(PREFLIGHT_VALID_FOR);
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(
                new CorsFilter(request -> isFor(actuator.getBasePath(), request) ? null : cors));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    /**
     * Whether a request is for health or metrics, which are for operators. Without a base path of their own they are
     * not recognized.
     */
    private static boolean isFor(String basePath, HttpServletRequest request) {
        return !basePath.isEmpty() && request.getServletPath().startsWith(basePath);
    }
}
