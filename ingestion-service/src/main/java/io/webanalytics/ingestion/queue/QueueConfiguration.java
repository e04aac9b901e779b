package io.webanalytics.ingestion.queue;

import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.ingestion.IngestionProperties;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.service.redis.QueueHealth;
import io.webanalytics.service.redis.QueueProperties;
import io.webanalytics.service.redis.RedisSupport;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(RedisSupport.class)
class QueueConfiguration {

    @Bean
    List<EventQueue> partitions(
            AbstractRedisClient redis, QueueProperties queueProperties, IngestionProperties properties)
            throws InterruptedException {
        return RedisSupport.partitions(redis, queueProperties, properties.pushTimeout());
    }

    @Bean
    QueueHealth queueHealthIndicator(List<EventQueue> partitions) {
        return new QueueHealth(partitions, EventQueue::probeAccept);
    }
}
