package io.webanalytics.processor;

import io.webanalytics.model.queue.Bell;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.QueueHealth;
import io.webanalytics.model.queue.RedisLink;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The connections to Redis, with Spring Boot's settings ({@code spring.data.redis.*}). */
@Configuration(proxyBeanMethods = false)
class QueueConfiguration {

    private static final String ONLY_PARTITION = "0";

    @Bean
    LettuceClientOptionsBuilderCustomizer queueClientOptions() {
        return RedisLink::configure;
    }

    @Bean
    ClientResourcesBuilderCustomizer queueClientResources() {
        return RedisLink::configure;
    }

    @Bean(destroyMethod = "") // it goes down with the client
    RedisLink queueLink(LettuceConnectionFactory redis, ProcessorProperties properties) {
        return new RedisLink(redis.getRequiredNativeClient(), properties.redisTimeout());
    }

    @Bean(destroyMethod = "") // it goes down with the client
    RedisLink bellLink(LettuceConnectionFactory redis, ProcessorProperties properties) {
        return new RedisLink(redis.getRequiredNativeClient(), properties.redisTimeout());
    }

    @Bean
    EventQueue eventQueue(RedisLink queueLink) {
        return new EventQueue(queueLink, ONLY_PARTITION);
    }

    @Bean
    Bell bell(RedisLink bellLink) {
        return new Bell(bellLink, ONLY_PARTITION);
    }

    @Bean
    QueueHealth queueHealthIndicator(EventQueue queue) {
        return new QueueHealth(queue);
    }
}
