package io.webanalytics.processor.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.webanalytics.model.QueueSnapshot;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.processor.ProcessorProperties;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.Ledger;
import io.webanalytics.rollup.QueueSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes the instant through which the store is complete into MongoDB, for the reports. It combines the ledgers that the
 * supervisors read. While a partition cannot be read, or holds elements of unknown time, the last snapshot stays and ages.
 */
@Component
final class SnapshotWriter {

    private final int partitions;
    private final QueueSnapshots snapshots;
    private final Duration allowance;
    private final Map<String, Reading> last = new ConcurrentHashMap<>();
    private volatile @Nullable Long writtenAsOf;

    /** @param nanos when the ledger was read, by {@link System#nanoTime} */
    private record Reading(Ledger ledger, long nanos) {}

    SnapshotWriter(
            List<EventQueue> partitions,
            QueueSnapshots snapshots,
            ProcessorProperties properties,
            MeterRegistry registry) {
        this.partitions = partitions.size();
        this.snapshots = snapshots;
        this.allowance = QueuedEvent.LONGEST_PUSH.plus(properties.clockAllowance());
        TimeGauge.builder("queue.snapshot.age", this::age, TimeUnit.NANOSECONDS)
                .description(
                        "Time since the ledgers were read from which this processor last wrote down up to when reports are"
                                + " complete; not a number before it did")
                .register(registry);
    }

    /** Takes a ledger that a supervisor has read. */
    void read(Ledger ledger) {
        last.put(ledger.partition(), new Reading(ledger, System.nanoTime()));
    }

    /** @throws com.mongodb.MongoException if MongoDB fails */
    void write() {
        List<Reading> readings = List.copyOf(last.values());
        QueueSnapshot snapshot = readings.size() < partitions
                ? null
                : Ledger.snapshotOf(readings.stream().map(Reading::ledger).toList(), allowance);
        if (snapshot != null) {
            snapshots.write(snapshot);
            writtenAsOf = readings.stream().mapToLong(Reading::nanos).min().orElseThrow();
        }
    }

    private double age() {
        Long asOf = writtenAsOf;
        return asOf == null ? Double.NaN : System.nanoTime() - asOf;
    }
}
