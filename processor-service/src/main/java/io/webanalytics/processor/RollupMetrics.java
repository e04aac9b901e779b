package io.webanalytics.processor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.rollup.build.RollupBuilder.Progress;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** What this process did about rollups since it started, and what waits. */
@Component
public class RollupMetrics {

    private final Counter hours;
    private final Counter days;
    private final Counter tooLarge;
    private final Counter differences;
    private final AtomicInteger due = new AtomicInteger();

    RollupMetrics(MeterRegistry registry) {
        hours = counter(registry, "rollup.built", "Rollups that were built", "hour");
        days = counter(registry, "rollup.built", "Rollups that were built", "day");
        tooLarge = Counter.builder("rollup.too.large")
                .description("Hours that were too large for a rollup: reports read their events")
                .register(registry);
        differences = Counter.builder("rollup.differences")
                .description("Figures of rollups that differed from their events when they were verified: must stay 0")
                .register(registry);
        registry.gauge("rollup.due", due);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String unit) {
        return Counter.builder(name).description(description).tag("unit", unit).register(registry);
    }

    void built(Progress progress) {
        due.set(progress.due() - progress.hours());
        hours.increment(progress.hours());
        days.increment(progress.days());
        tooLarge.increment(progress.tooLarge());
    }

    public void differed(int figures) {
        differences.increment(figures);
    }
}
