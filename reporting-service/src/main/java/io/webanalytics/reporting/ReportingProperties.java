package io.webanalytics.reporting;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the reporting service.
 *
 * @param queryTimeout how long MongoDB may work on one report before the caller gets a 503, 100 ms to 10 min
 * @param rollups whether reports use rollups; without them they read all events
 * @param exactUsersLimit for more than one day: how many users a report reads from rollups at most to count them one by one, 0
 *     to 100,000,000; beyond it they are estimated
 * @param reportMemory how much memory one report may take before the caller gets a 503, 1 MB to 64 GB
 * @param reportsMemory how much all reports together may take, 1 MB to 64 GB
 * @param reportsAtOnce how many reports are counted at the same time, 1 to 1,000; others wait for their turn
 * @param rollupCache size of the cache of recently read parts of rollups, 0 to 64 GB
 * @param allowedHosts names with a dot, without ports, by which people reach the service when they change something, where
 *     access is open
 */
@Validated
@ConfigurationProperties("reporting")
public record ReportingProperties(
        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration queryTimeout,

        @DefaultValue("true") boolean rollups,

        @DefaultValue("1000000") @Min(0) @Max(100_000_000) long exactUsersLimit,

        @DefaultValue("48MB") @NotNull DataSize reportMemory,

        @DefaultValue("96MB") @NotNull DataSize reportsMemory,

        @DefaultValue("8") @Min(1) @Max(1_000) int reportsAtOnce,

        @DefaultValue("64MB") @NotNull DataSize rollupCache,

        @DefaultValue Set<String> allowedHosts) {

    private static final DataSize MOST = DataSize.ofGigabytes(64);

    @AssertTrue(message = "rollupCache must be 0 to 64GB")
    boolean isRollupCacheInBounds() {
        return !rollupCache.isNegative() && rollupCache.compareTo(MOST) <= 0;
    }

    @AssertTrue(message = "reportMemory and reportsMemory must be 1MB to 64GB")
    boolean isMemoryInBounds() {
        return Stream.of(reportMemory, reportsMemory)
                .allMatch(size -> size.compareTo(DataSize.ofMegabytes(1)) >= 0 && size.compareTo(MOST) <= 0);
    }
}
