package io.webanalytics.processor.rollup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.webanalytics.rollup.build.RollupBuilder.Progress;
import io.webanalytics.rollup.build.RollupBuilder.Waiting;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts what this process did about rollups since it started, and shows what waits for any process. */
@Component
public class RollupMetrics {

    private final Counter hours;
    private final Counter days;
    private final Counter folded;
    private final Counter failed;
    private final Counter unchecked;
    private final Counter differences;
    private volatile @Nullable Waiting waiting;

    RollupMetrics(MeterRegistry registry) {
        hours = built(registry, "hour");
        days = built(registry, "day");
        folded = counter(
                registry,
                "rollup.folded",
                "Hours with too much to be told apart: reports show the rest of it as (other), and estimate users");
        failed = counter(
                registry, "rollup.failed", "Attempts at hours and days that cannot be built: reports do without them");
        unchecked = counter(registry, "rollup.unchecked", "Months of sites that the patrol could not check");
        differences = counter(
                registry,
                "rollup.differences",
                "Figures of rollups that differed from their events when they were verified: must stay 0");
        Gauge.builder("rollup.due", () -> value(Waiting::hours))
                .description("Hours that are over, and wait for their rollup; at most 20,000 are counted")
                .register(registry);
        TimeGauge.builder(
                        "rollup.due.oldest.age",
                        () -> value(waiting -> waiting.longest().toMillis()),
                        TimeUnit.MILLISECONDS)
                .description(
                        "For how long the first of these has waited since events were stored in it; 0 where none waits")
                .register(registry);
    }

    private static Counter built(MeterRegistry registry, String unit) {
        return Counter.builder("rollup.built")
                .description("Rollups that were built")
                .tag("unit", unit)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private double value(ToDoubleFunction<Waiting> figure) {
        Waiting last = waiting;
        return last == null ? Double.NaN : figure.applyAsDouble(last);
    }

    void built(Progress progress) {
        hours.increment(progress.hours());
        days.increment(progress.days());
        folded.increment(progress.folded());
        failed.increment(progress.failed().size());
    }

    /** @param now what waits; null if that is unknown */
    void waits(@Nullable Waiting now) {
        waiting = now;
    }

    void unchecked(int months) {
        unchecked.increment(months);
    }

    /** Counts a figure of a rollup that differs from its events. */
    public void differed() {
        differences.increment();
    }
}
