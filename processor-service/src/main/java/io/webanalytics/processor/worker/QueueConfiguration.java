package io.webanalytics.processor.worker;

import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.processor.ProcessorProperties;
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
            AbstractRedisClient redis, QueueProperties queueProperties, ProcessorProperties properties)
            throws InterruptedException {
        return RedisSupport.partitions(redis, queueProperties, properties.stepTimeout());
    }

    @Bean
    QueueHealth queueHealthIndicator(List<EventQueue> partitions) {
        return new QueueHealth(partitions, EventQueue::probeDrain);
    }
}
