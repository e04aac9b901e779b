package io.webanalytics.processor.batch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.webanalytics.model.RejectionReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Counts what this process did since it started. The figures that always add up are those of the ledger in Redis. These show
 * how fast those change.
 */
@Component
class BatchMetrics {

    private final Counter settled;
    private final Counter duplicate;
    private final DistributionSummary batchSize;
    private final Timer insertTime;
    private final Map<RejectionReason, Counter> dead = new EnumMap<>(RejectionReason.class);

    BatchMetrics(MeterRegistry registry) {
        settled = Counter.builder("events.settled")
                .description("Events stored and let go of")
                .register(registry);
        duplicate = Counter.builder("events.duplicate")
                .description(
                        "Events that came when they were stored already: sent again, or handed out again after a worker died")
                .register(registry);
        batchSize = DistributionSummary.builder("batch.size")
                .description("Events per claim")
                .baseUnit("events")
                .register(registry);
        insertTime = Timer.builder("insert.time")
                .description("Time that MongoDB took for a batch")
                .publishPercentileHistogram()
                .register(registry);
        for (RejectionReason reason : new RejectionReason[] {
            RejectionReason.INVALID_ELEMENT, RejectionReason.STORE_REFUSED, RejectionReason.WORKER_DIED
        }) {
            dead.put(
                    reason,
                    Counter.builder("events.dead")
                            .description("Events moved to the dead letters")
                            .tag("reason", reason.word())
                            .register(registry));
        }
    }

    void claimed(int events) {
        batchSize.record(events);
    }

    void inserted(long nanos, int duplicates) {
        insertTime.record(nanos, TimeUnit.NANOSECONDS);
        duplicate.increment(duplicates);
    }

    void settled(long events) {
        settled.increment(events);
    }

    void buried(RejectionReason reason) {
        dead.get(reason).increment();
    }
}
