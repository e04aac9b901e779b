package io.webanalytics.processor;

import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.Ledger;
import io.webanalytics.rollup.QueueSnapshot;
import io.webanalytics.rollup.QueueSnapshots;
import io.webanalytics.rollup.build.ServerClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Writes down once a second, where reports find it, up to when the store is complete: what the supervisors read of the
 * ledgers, taken together; and reads MongoDB's clock, so that marks can be left out. While a partition cannot be read, or holds what nobody can date, the last snapshot stands.
 */
@Component
final class SnapshotWriter implements Runnable {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final int partitions;
    private final QueueSnapshots snapshots;
    private final ServerClock clock;
    private final Duration allowance;
    private final Stop stop;
    private final Map<String, Ledger> last = new ConcurrentHashMap<>();

    SnapshotWriter(
            List<EventQueue> partitions,
            QueueSnapshots snapshots,
            ServerClock clock,
            ProcessorProperties properties,
            Stop stop) {
        this.partitions = partitions.size();
        this.snapshots = snapshots;
        this.clock = clock;
        this.allowance = QueuedEvent.LONGEST_PUSH.plus(properties.clockAllowance());
        this.stop = stop;
    }

    void read(Ledger ledger) {
        last.put(ledger.partition(), ledger);
    }

    @Override
    public void run() {
        while (!stop.isRequested()) {
            try {
                QueueSnapshot snapshot =
                        last.size() < partitions ? null : QueueSnapshot.of(List.copyOf(last.values()), allowance);
                if (snapshot != null) {
                    snapshots.write(snapshot);
                }
                clock.read();
            } catch (RuntimeException e) {
                // The workers report the outage; reports go on with the snapshot that they have.
            }
            stop.pause(PERIOD);
        }
    }
}
