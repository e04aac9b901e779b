package io.webanalytics.service;

import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.RedisLink;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** For a service that uses the queue: a client with Spring Boot's settings ({@code spring.data.redis.*}), and health. */
@Configuration(proxyBeanMethods = false)
public class RedisSupport {

    /** The hash tag of the queue's only partition. */
    public static final String PARTITION = "0";

    @Bean
    LettuceClientOptionsBuilderCustomizer queueClientOptions() {
        return RedisLink::configure;
    }

    @Bean
    ClientResourcesBuilderCustomizer queueClientResources() {
        return RedisLink::configure;
    }

    /** What links are made of. They go down with it. */
    @Bean(destroyMethod = "")
    AbstractRedisClient redisClient(LettuceConnectionFactory connections) {
        return connections.getRequiredNativeClient();
    }

    @Bean
    QueueHealth queueHealthIndicator(EventQueue queue) {
        return new QueueHealth(queue);
    }
}
