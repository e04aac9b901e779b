package io.webanalytics.processor;

import io.webanalytics.model.Outage;
import io.webanalytics.queue.Bell;
import io.webanalytics.queue.EventQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes the threads of the workers of a partition and of their supervisor. Each worker has a name that no other ever had. */
@Component
final class PartitionWorkers {

    private final Insertion insertion;
    private final RollupMarks marks;
    private final Outage rollupsOutage;
    private final Burials burials;
    private final BatchMetrics batchMetrics;
    private final LedgerMetrics ledgerMetrics;
    private final SnapshotWriter snapshots;
    private final ProcessorProperties properties;
    private final Stop stop;
    private final String process = UUID.randomUUID().toString();

    PartitionWorkers(
            Insertion insertion,
            RollupMarks marks,
            Outage rollupsOutage,
            Burials burials,
            BatchMetrics batchMetrics,
            LedgerMetrics ledgerMetrics,
            SnapshotWriter snapshots,
            ProcessorProperties properties,
            Stop stop) {
        this.insertion = insertion;
        this.marks = marks;
        this.rollupsOutage = rollupsOutage;
        this.burials = burials;
        this.batchMetrics = batchMetrics;
        this.ledgerMetrics = ledgerMetrics;
        this.snapshots = snapshots;
        this.properties = properties;
        this.stop = stop;
    }

    /**
     * Threads that are not started yet.
     *
     * @param supervisor ends after the workers: until then they have leases to be renewed
     */
    record Threads(List<Thread> workers, Thread supervisor) {}

    /** @param workersEnded requested once no worker is left */
    Threads of(EventQueue queue, Bell bell, Stop workersEnded) {
        Leases leases = new Leases();
        BatchProcessor processor = new BatchProcessor(
                queue, leases, insertion, marks, rollupsOutage, burials, batchMetrics, properties, stop);
        String partition = queue.partition();
        Outage redis = new Outage("Redis (partition " + partition + ")");
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < properties.workers(); i++) {
            String name = process + "-" + partition + "-" + i;
            Worker worker = new Worker(name, queue, bell, processor, properties, stop, redis);
            workers.add(new Thread(worker, "worker-" + partition + "-" + i));
        }
        Supervisor supervisor = new Supervisor(queue, leases, ledgerMetrics, snapshots, properties.lease());
        String name = "supervisor-" + partition;
        Loop loop = new Loop(name, supervisor::supervise, supervisor.period(), redis, workersEnded);
        return new Threads(workers, new Thread(loop, name));
    }
}
