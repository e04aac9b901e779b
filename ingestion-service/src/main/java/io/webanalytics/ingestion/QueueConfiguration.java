package io.webanalytics.ingestion;

import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.model.queue.RedisLink;
import io.webanalytics.service.RedisSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(RedisSupport.class)
class QueueConfiguration {

    /** Waits a moment for the connection, so that the first sender need not be refused; starts without it all the same. */
    @Bean
    RedisLink redisLink(AbstractRedisClient redis, IngestionProperties properties) throws InterruptedException {
        RedisLink link = new RedisLink(redis, properties.pushTimeout());
        link.awaitConnection(properties.pushTimeout());
        return link;
    }
}
