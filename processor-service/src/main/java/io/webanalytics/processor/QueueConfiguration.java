package io.webanalytics.processor;

import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.model.queue.Bell;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.RedisLink;
import io.webanalytics.service.RedisSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(RedisSupport.class)
class QueueConfiguration {

    @Bean
    EventQueue eventQueue(AbstractRedisClient redis, ProcessorProperties properties) {
        return new EventQueue(new RedisLink(redis, properties.redisTimeout()), RedisSupport.PARTITION);
    }

    /** On a link of its own, which it blocks. */
    @Bean
    Bell bell(AbstractRedisClient redis, ProcessorProperties properties) {
        return new Bell(new RedisLink(redis, properties.redisTimeout()), RedisSupport.PARTITION);
    }
}
