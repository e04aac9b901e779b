package io.webanalytics.processor;

import io.webanalytics.model.Outage;
import io.webanalytics.model.queue.Bell;
import io.webanalytics.model.queue.EventQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs the workers and their supervisor. Each worker has a name that no other ever had. A stop lets every worker finish
 * its batch, or give it back where MongoDB is away.
 */
@Component("workersHealthIndicator")
final class WorkerPool implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final EventQueue queue;
    private final Bell bell;
    private final BatchProcessor processor;
    private final EventStore store;
    private final Leases leases;
    private final QueueFigures figures;
    private final ProcessorProperties properties;
    private final Stop stop;
    private volatile List<Thread> threads = List.of();

    WorkerPool(
            EventQueue queue,
            Bell bell,
            BatchProcessor processor,
            EventStore store,
            Leases leases,
            QueueFigures figures,
            ProcessorProperties properties,
            Stop stop) {
        this.queue = queue;
        this.bell = bell;
        this.processor = processor;
        this.store = store;
        this.leases = leases;
        this.figures = figures;
        this.properties = properties;
        this.stop = stop;
    }

    @Override
    public void start() {
        String process = UUID.randomUUID().toString();
        Outage redis = new Outage("Redis");
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < properties.workers(); i++) {
            Worker worker = new Worker(process + "-" + i, queue, bell, processor, properties, stop, redis);
            started.add(new Thread(worker, "worker-" + i));
        }
        started.add(new Thread(new Supervisor(queue, leases, figures, properties.lease(), stop), "supervisor"));
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
