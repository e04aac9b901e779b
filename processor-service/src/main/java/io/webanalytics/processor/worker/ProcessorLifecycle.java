package io.webanalytics.processor.worker;

import io.webanalytics.processor.repeat.Stop;
import io.webanalytics.queue.Bell;
import io.webanalytics.queue.EventQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts and stops all threads of a processor: the workers of every partition, their supervisors, and the background tasks. On
 * a stop every worker finishes its batch, or returns it to the queue if MongoDB is away. The supervisors stop last, since they
 * renew the leases of the workers.
 */
@Component("workersHealthIndicator")
final class ProcessorLifecycle implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ProcessorLifecycle.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final List<EventQueue> partitions;
    private final PartitionWorkers workers;
    private final BackgroundTasks tasks;
    private final Stop stop;
    private final Stop workersEnded = new Stop();
    private volatile List<Thread> stoppedFirst = List.of();
    private volatile List<Bell> bells = List.of();
    private volatile List<Thread> supervisors = List.of();

    ProcessorLifecycle(List<EventQueue> partitions, PartitionWorkers workers, BackgroundTasks tasks, Stop stop) {
        this.partitions = partitions;
        this.workers = workers;
        this.tasks = tasks;
        this.stop = stop;
    }

    @Override
    public void start() {
        List<Thread> first = new ArrayList<>(tasks.threads());
        List<Bell> rung = new ArrayList<>();
        List<Thread> second = new ArrayList<>();
        for (EventQueue queue : partitions) {
            PartitionWorkers.Threads threads = workers.of(queue, workersEnded);
            first.addAll(threads.workers());
            rung.add(threads.bell());
            second.add(threads.supervisor());
        }
        Stream.concat(first.stream(), second.stream()).forEach(Thread::start);
        stoppedFirst = List.copyOf(first);
        bells = List.copyOf(rung);
        supervisors = List.copyOf(second);
    }

    @Override
    public void stop() {
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        stop.request();
        bells.forEach(Bell::close);
        join(stoppedFirst, deadline);
        workersEnded.request();
        join(supervisors, deadline);
    }

    private static void join(List<Thread> threads, long deadline) {
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
        return !stoppedFirst.isEmpty() && !stop.isRequested();
    }

    /** Up while every thread is alive. Only a restart of the process replaces a dead thread. */
    @Override
    public Health health() {
        boolean alive = !stoppedFirst.isEmpty()
                && Stream.concat(stoppedFirst.stream(), supervisors.stream()).allMatch(Thread::isAlive);
        return (alive ? Health.up() : Health.down()).build();
    }
}
