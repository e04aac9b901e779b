package io.webanalytics.ingestion;

import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.service.QueueProperties;
import io.webanalytics.service.RedisSupport;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(RedisSupport.class)
class QueueConfiguration {

    /** Waits a moment for the connections, so that the first sender need not be refused; starts without them all the same. */
    @Bean
    List<EventQueue> partitions(
            AbstractRedisClient redis, QueueProperties queueProperties, IngestionProperties properties)
            throws InterruptedException {
        List<EventQueue> partitions = RedisSupport.partitions(redis, queueProperties, properties.pushTimeout());
        for (EventQueue queue : partitions) {
            if (!queue.awaitConnection(properties.pushTimeout())) {
                break;
            }
        }
        return partitions;
    }
}
