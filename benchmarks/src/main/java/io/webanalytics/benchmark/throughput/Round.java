package io.webanalytics.benchmark.throughput;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.benchmark.EventIndex;
import io.webanalytics.benchmark.Store;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** One processor empties one queue into one new database. */
final class Round {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int POLL_MILLIS = 5;
    private static final int LAST_MINUTE = 57;

    private final Store store;
    private final Queue queue;
    private final int warmUp;
    private final int events;

    /** @param warmUp events that are settled before the time is taken: the process starts, and its code is compiled */
    Round(Store store, Queue queue, int warmUp, int events) {
        this.store = store;
        this.queue = queue;
        this.warmUp = warmUp;
        this.events = events;
    }

    /** Answers how many events were settled in a second. */
    double run(Scenario scenario, boolean marks) throws Exception {
        awaitCalmHour();
        MongoDatabase database = store.database("bench-processor");
        database.drop();
        EventIndex.ensure(database.getCollection("events"));
        queue.fill(scenario, warmUp + events);
        try (Processor processor = new Processor(marks, queue.url(), store.uri(database.getName()))) {
            long before = await(processor, warmUp);
            long started = System.nanoTime();
            long after = await(processor, warmUp + events);
            double seconds = (System.nanoTime() - started) / 1e9;
            mustHaveAll(database);
            return (after - before) / seconds;
        } finally {
            database.drop();
        }
    }

    private long await(Processor processor, long wanted) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline) {
            processor.mustRun();
            long settled = queue.settled();
            if (settled >= wanted) {
                return settled;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new IllegalStateException("Only " + queue.settled() + " events are settled after " + LONGEST);
    }

    /** The running hour must go on running until the round ends. */
    private static void awaitCalmHour() throws InterruptedException {
        while (LocalTime.now(ZoneOffset.UTC).getMinute() >= LAST_MINUTE) {
            Thread.sleep(1_000);
        }
    }

    private void mustHaveAll(MongoDatabase database) {
        long stored = database.getCollection("events").countDocuments();
        if (stored != warmUp + events) {
            throw new IllegalStateException(stored + " events are stored");
        }
    }
}
