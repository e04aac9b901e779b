package io.webanalytics.ingestion;

import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.QueueHealth;
import io.webanalytics.model.queue.RedisLink;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The connection to Redis, with Spring Boot's settings ({@code spring.data.redis.*}). */
@Configuration(proxyBeanMethods = false)
class QueueConfiguration {

    @Bean
    LettuceClientOptionsBuilderCustomizer queueClientOptions() {
        return RedisLink::configure;
    }

    @Bean
    ClientResourcesBuilderCustomizer queueClientResources() {
        return RedisLink::configure;
    }

    @Bean(destroyMethod = "") // it goes down with the client
    RedisLink redisLink(LettuceConnectionFactory redis, IngestionProperties properties) throws InterruptedException {
        RedisLink link = new RedisLink(redis.getRequiredNativeClient(), properties.pushTimeout());
        link.awaitConnection(properties.pushTimeout());
        return link;
    }

    @Bean
    EventQueue eventQueue(RedisLink link) {
        return new EventQueue(link, "0");
    }

    @Bean
    QueueHealth queueHealthIndicator(EventQueue queue) {
        return new QueueHealth(queue);
    }
}
