package io.webanalytics.reporting;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the reporting service.
 *
 * @param queryTimeout how long MongoDB may work on one report before the caller gets a 503, 100 ms to 10 min
 */
@Validated
@ConfigurationProperties("reporting")
record ReportingProperties(
        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration queryTimeout) {}
