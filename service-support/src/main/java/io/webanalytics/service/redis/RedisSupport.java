package io.webanalytics.service.redis;

import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.Partitions;
import io.webanalytics.queue.RedisLink;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * For a service that uses the queue: a client with Spring Boot's settings ({@code spring.data.redis.*}). Its health is a {@link
 * QueueHealth}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueueProperties.class)
public class RedisSupport {

    @Bean
    LettuceClientOptionsBuilderCustomizer queueClientOptions() {
        return RedisLink::configure;
    }

    @Bean
    ClientResourcesBuilderCustomizer queueClientResources() {
        return RedisLink::configure;
    }

    /** The client of all links. {@link LettuceConnectionFactory} shuts it down, and the links with it. */
    @Bean(destroyMethod = "")
    AbstractRedisClient redisClient(LettuceConnectionFactory connections) {
        return connections.getRequiredNativeClient();
    }

    /**
     * Returns the partitions of the queue, each on a link of its own: in a cluster, one master says nothing of another.
     * Waits a while for the connections, so that the first event is not refused, and returns without them if need be.
     *
     * @param timeout how long a step of the queue may take, and the wait for each connection
     */
    public static List<EventQueue> partitions(AbstractRedisClient redis, QueueProperties properties, Duration timeout)
            throws InterruptedException {
        List<EventQueue> partitions = Partitions.tags(properties.partitions()).stream()
                .map(tag -> new EventQueue(new RedisLink(redis, timeout), tag))
                .toList();
        for (EventQueue queue : partitions) {
            if (!queue.awaitConnection(timeout)) {
                break;
            }
        }
        return partitions;
    }
}
