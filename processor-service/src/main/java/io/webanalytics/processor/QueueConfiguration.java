package io.webanalytics.processor;

import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.model.queue.DeadLetters;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.RedisLink;
import io.webanalytics.service.RedisSupport;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(RedisSupport.class)
class QueueConfiguration {

    @Bean
    RedisLink redisLink(AbstractRedisClient redis, ProcessorProperties properties) {
        return new RedisLink(redis, properties.redisTimeout());
    }

    @Bean
    List<DeadLetters> deadLetters(RedisLink link, List<EventQueue> partitions) {
        return partitions.stream()
                .map(queue -> new DeadLetters(link, queue.partition()))
                .toList();
    }
}
