package io.webanalytics.ingestion;

import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.queue.RedisLink;
import io.webanalytics.queue.RegistryChannel;
import io.webanalytics.service.access.AccessRule;
import io.webanalytics.service.access.AccessTable;
import io.webanalytics.service.access.Need;
import io.webanalytics.service.access.RegistrySource;
import io.webanalytics.service.redis.RedisRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may send events. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    AccessTable accessTable() {
        return AccessTable.of(
                AccessRule.of(EventPaths.EVENT, Need.WRITE), AccessRule.of(EventPaths.EVENTS, Need.WRITE));
    }

    @Bean
    RegistrySource registrySource(AbstractRedisClient redis, IngestionProperties properties) {
        return new RedisRegistry(new RegistryChannel(new RedisLink(redis, properties.pushTimeout())));
    }
}
