package io.webanalytics.processor;

import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.model.queue.Bell;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.RedisLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs the workers of every partition, their supervisors, and those that build rollups. A stop lets every worker finish its batch, or give it back
 * where MongoDB is away.
 */
@Component("workersHealthIndicator")
final class WorkerPool implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final List<EventQueue> partitions;
    private final PartitionWorkers workers;
    private final AbstractRedisClient redis;
    private final EventStore store;
    private final SnapshotWriter snapshots;
    private final RollupLoop rollups;
    private final ProcessorProperties properties;
    private final Stop stop;
    private volatile List<Thread> threads = List.of();

    WorkerPool(
            List<EventQueue> partitions,
            PartitionWorkers workers,
            AbstractRedisClient redis,
            EventStore store,
            SnapshotWriter snapshots,
            RollupLoop rollups,
            ProcessorProperties properties,
            Stop stop) {
        this.partitions = partitions;
        this.workers = workers;
        this.redis = redis;
        this.store = store;
        this.snapshots = snapshots;
        this.rollups = rollups;
        this.properties = properties;
        this.stop = stop;
    }

    @Override
    public void start() {
        List<Thread> started = new ArrayList<>();
        for (EventQueue queue : partitions) {
            RedisLink ownLink = new RedisLink(redis, properties.redisTimeout()); // which the bell blocks
            started.addAll(workers.of(queue, new Bell(ownLink, queue.partition())));
        }
        started.add(new Thread(snapshots, "queue-snapshots"));
        started.add(new Thread(rollups::build, "rollup-builder"));
        started.add(new Thread(rollups::watch, "rollup-watch"));
        started.add(new Thread(rollups::patrol, "rollup-patrol"));
        started.forEach(Thread::start);
        threads = List.copyOf(started);
        new Thread(new IndexBuilder(store, stop), "index-builder").start();
    }

    @Override
    public void stop() {
        stop.request();
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (thread.isAlive()) {
                log.warn("{} did not stop in time; what it holds will be recovered", thread.getName());
            }
        }
    }

    @Override
    public boolean isRunning() {
        return !threads.isEmpty() && !stop.isRequested();
    }

    /** Up while every thread lives: only a new start brings a dead one back. */
    @Override
    public Health health() {
        boolean alive = !threads.isEmpty() && threads.stream().allMatch(Thread::isAlive);
        return (alive ? Health.up() : Health.down()).build();
    }
}
