package io.webanalytics.reporting;

import io.webanalytics.service.mongo.MongoSupport;
import java.time.Duration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(MongoSupport.class)
class StoreConfiguration {

    /** MongoDB itself ends a query that takes too long. If it fails to do so, the driver gives up this much later. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    @Bean
    MongoClientSettingsBuilderCustomizer limitedWaits(ReportingProperties properties) {
        return settings ->
                MongoSupport.limitWaits(settings, properties.queryTimeout().plus(GRACE));
    }
}
