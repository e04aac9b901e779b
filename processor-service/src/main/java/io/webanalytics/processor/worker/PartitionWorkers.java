package io.webanalytics.processor.worker;

import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.model.Outage;
import io.webanalytics.processor.ProcessorProperties;
import io.webanalytics.processor.batch.BatchProcessor;
import io.webanalytics.processor.batch.Partition;
import io.webanalytics.processor.repeat.Loop;
import io.webanalytics.processor.repeat.Stop;
import io.webanalytics.queue.Bell;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.RedisLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes the threads of the workers of a partition and of their supervisor. Names of workers are never reused. */
@Component
final class PartitionWorkers {

    private final BatchProcessor processor;
    private final LedgerMetrics metrics;
    private final SnapshotWriter snapshots;
    private final AbstractRedisClient redis;
    private final ProcessorProperties properties;
    private final Stop stop;
    private final String process = UUID.randomUUID().toString();

    PartitionWorkers(
            BatchProcessor processor,
            LedgerMetrics metrics,
            SnapshotWriter snapshots,
            AbstractRedisClient redis,
            ProcessorProperties properties,
            Stop stop) {
        this.processor = processor;
        this.metrics = metrics;
        this.snapshots = snapshots;
        this.redis = redis;
        this.properties = properties;
        this.stop = stop;
    }

    /**
     * The threads of a partition, not started yet.
     *
     * @param bell what idle workers wait for
     * @param supervisor ends after the workers, since it renews their leases
     */
    record Threads(List<Thread> workers, Bell bell, Thread supervisor) {}

    /** @param workersEnded requested once no worker is left */
    Threads of(EventQueue queue, Stop workersEnded) {
        Partition partition = new Partition(queue);
        String tag = queue.partition();
        Duration timeout = properties.stepTimeout().plus(Bell.PERIOD);
        Bell bell = new Bell(new RedisLink(redis, timeout), tag); // a link of its own, which it blocks
        Outage outage = new Outage("Redis (partition " + tag + ")");
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < properties.workers(); i++) {
            String name = process + "-" + tag + "-" + i;
            Worker worker = new Worker(name, partition, bell, processor, properties);
            Loop loop = Loop.withoutPause(name, worker, properties.longestSilence(), outage, stop);
            workers.add(new Thread(loop, "worker-" + tag + "-" + i));
        }
        Supervisor supervisor = new Supervisor(partition, metrics, snapshots, properties.lease());
        String name = "supervisor-" + tag;
        Loop loop = Loop.every(name, supervisor::supervise, supervisor.period(), outage, workersEnded);
        return new Threads(workers, bell, new Thread(loop, name));
    }
}
