package io.webanalytics.processor;

import io.webanalytics.queue.EventQueue;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the processor service.
 *
 * @param workers threads that claim and store, for each partition of the queue, 1 to 64
 * @param batchEvents most events of a batch, 1 to 7,000
 * @param batchBytes a batch ends before it grows beyond this, 1 KB to 64 MB
 * @param lease how long a batch stays with a worker whose lease is not renewed, 1 s to 10 min; leases are renewed three times
 *     as often
 * @param redisTimeout how long a step of the queue may take, 2 s to 1 min, and half of the lease at most
 * @param mongoTimeout how long MongoDB may take to answer, 100 ms to 5 min
 * @param refusalPatience how long MongoDB may refuse a document for an unknown reason, while it stores others, before the
 *     document becomes a dead letter, 0 s to 1 h
 * @param rollupQuiet how long an hour must be over, and without new events, before its rollup is built, 1 s to 10 min
 * @param rollupPatrol how often all days are checked for missing rollups, 1 s to 7 days
 * @param clockAllowance how far the clocks of senders, services and Redis may differ, 0 s to 1 min: the instant
 *     through which reports say that they are complete is so much earlier
 * @param allowedHosts names with a dot, without ports, by which operators reach the service when they change something
 */
@Validated
@ConfigurationProperties("processor")
public record ProcessorProperties(
        @DefaultValue("2") @Min(1) @Max(64) int workers,

        @DefaultValue("2000") @Min(1) @Max(EventQueue.MAX_CLAIM)
        int batchEvents,

        @DefaultValue("4MB") @NotNull DataSize batchBytes,

        @DefaultValue("30s") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration lease,

        @DefaultValue("3s") @NotNull @DurationMin(seconds = 2) @DurationMax(minutes = 1)
        Duration redisTimeout,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration mongoTimeout,

        @DefaultValue("1m") @NotNull @DurationMin(seconds = 0) @DurationMax(hours = 1)
        Duration refusalPatience,

        @DefaultValue("10s") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration rollupQuiet,

        @DefaultValue("1h") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration rollupPatrol,

        @DefaultValue("1s") @NotNull @DurationMin(seconds = 0) @DurationMax(minutes = 1)
        Duration clockAllowance,

        @DefaultValue Set<String> allowedHosts) {

    /**
     * Returns how long a step of the queue may take: at most half of a lease. A worker whose claim is not answered may hold a
     * lease that it does not know of, and must claim again before that lease ends.
     */
    public Duration stepTimeout() {
        Duration half = lease.dividedBy(2);
        return redisTimeout.compareTo(half) < 0 ? redisTimeout : half;
    }

    /** Returns how long a worker may pause while it holds a batch whose lease is not renewed. */
    public Duration longestSilence() {
        return lease.dividedBy(3);
    }

    @AssertTrue(message = "batchBytes must be 1KB to 64MB")
    boolean isBatchBytesInBounds() {
        return batchBytes.toKilobytes() >= 1 && batchBytes.toMegabytes() <= 64;
    }
}
