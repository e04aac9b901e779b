package io.webanalytics.ingestion;

import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets pages of other origins send events. Cookies are neither needed nor allowed. */
@Configuration(proxyBeanMethods = false)
class CorsConfiguration implements WebMvcConfigurer {

    private static final Duration PREFLIGHT_VALID_FOR = Duration.ofHours(1);

    private final IngestionProperties properties;

    CorsConfiguration(IngestionProperties properties) {
        this.properties = properties;
    }

    @Override
    public void addCorsMappings(CorsRegistry registry) {
        for (String path : List.of("/event", "/events")) {
            registry.addMapping(path)
                    .allowedOriginPatterns(properties.allowedOrigins().toArray(String[]::new))
                    .allowedMethods("POST")
                    .allowedHeaders("*")
                    .exposedHeaders(EventController.EVENT_ID, HttpHeaders.RETRY_AFTER)
                    .maxAge(PREFLIGHT_VALID_FOR.toSeconds());
        }
    }
}
