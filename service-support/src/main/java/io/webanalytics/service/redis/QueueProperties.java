package io.webanalytics.service.redis;

import io.webanalytics.queue.Partitions;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the queue, the same for every service that uses it.
 *
 * @param partitions how many partitions the queue has, 1 to 256: one for a single Redis, a multiple of the number of
 *     masters for a Redis Cluster
 */
@Validated
@ConfigurationProperties("queue")
public record QueueProperties(
        @DefaultValue("1") @Min(1) @Max(Partitions.MAX) int partitions) {}
