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

    /** MongoDB ends a query that takes too long; a MongoDB that does not even do that is given up on a little later. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    @Bean
    MongoClientSettingsBuilderCustomizer limitedWaits(ReportingProperties properties) {
        return settings ->
                MongoSupport.limitWaits(settings, properties.queryTimeout().plus(GRACE));
    }
}
