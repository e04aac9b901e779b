package io.webanalytics.ingestion;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the ingestion service.
 *
 * @param maxFuture how far in the future an event's timestamp may lie, 0 s to 1 day
 * @param pushTimeout how long Redis may take to acknowledge an event before the sender gets a 503, 10 ms to 900 ms
 * @param queueLimit how many events may wait in the queue before senders get a 503, 1 to 1,000,000,000; divided evenly
 *     among the partitions
 * @param addressLimit how many events a second each address may send, up to 10,000,000; 0 for no limit. Events of ten
 *     seconds may come at once
 * @param keyLimit the same for each key
 * @param allowedOrigins the origins whose pages may send events (CORS), {@code *} for all; patterns such as
 *     {@code https://*.example.com} are allowed
 */
@Validated
@ConfigurationProperties("ingestion")
public record IngestionProperties(
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 0) @DurationMax(days = 1)
        Duration maxFuture,

        @DefaultValue("800ms") @NotNull @DurationMin(millis = 10) @DurationMax(millis = 900)
        Duration pushTimeout,

        @DefaultValue("1000000") @Min(1) @Max(1_000_000_000) long queueLimit,

        @DefaultValue("10000") @Min(0) @Max(SenderLimits.MOST)
        int addressLimit,

        @DefaultValue("50000") @Min(0) @Max(SenderLimits.MOST)
        int keyLimit,

        @DefaultValue("*") @NotEmpty List<String> allowedOrigins) {}
