package io.webanalytics.benchmark.throughput;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.benchmark.Program;
import io.webanalytics.benchmark.Store;
import io.webanalytics.store.EventStore;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/** One processor empties one queue into one database. */
final class Round {

    static final String DATABASE = "bench-processor";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int POLL_MILLIS = 100; // each poll takes time from the measured processor
    private static final int LAST_MINUTE = 55;

    private final Store store;
    private final Queue queue;
    private final int warmUp;
    private final int events;

    /** @param warmUp events that are settled before the measurement: the process starts, and its code is compiled */
    Round(Store store, Queue queue, int warmUp, int events) {
        this.store = store;
        this.queue = queue;
        this.warmUp = warmUp;
        this.events = events;
    }

    /** Returns how many events of a scenario were settled in a second. */
    double run(Scenario scenario, boolean marks) throws Exception {
        awaitCalmHour();
        List<byte[]> elements = scenario.elements(warmUp + events);
        MongoDatabase database = newDatabase();
        try {
            return empty(database, elements, marks);
        } finally {
            database.drop();
        }
    }

    /** Returns a database that is empty but for the index. */
    MongoDatabase newDatabase() {
        MongoDatabase database = store.database(DATABASE);
        database.drop();
        new EventStore(database).ensureIndex();
        return database;
    }

    /** Has a processor settle elements, and returns how many it settled in a second. */
    double empty(MongoDatabase database, List<byte[]> elements, boolean marks) throws Exception {
        queue.fill(elements);
        try (Program processor = Processor.start(marks, queue.url(), store.uri(database.getName()))) {
            long before = await(processor, warmUp);
            long started = System.nanoTime();
            long after = await(processor, elements.size());
            double seconds = (System.nanoTime() - started) / 1e9;
            mustHave(database, elements.size());
            return (after - before) / seconds;
        }
    }

    private long await(Program processor, long wanted) throws InterruptedException {
        return await(processor, queue::settled, settled -> settled >= wanted);
    }

    /** Waits until a figure that a program changes is enough, and returns it. */
    static long await(Program program, LongSupplier figure, LongPredicate enough) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline) {
            program.mustRun();
            long now = figure.getAsLong();
            if (enough.test(now)) {
                return now;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new IllegalStateException("It is at " + figure.getAsLong() + " after " + LONGEST);
    }

    /** Waits until the current hour has time left for a round, which must not cross its end. */
    static void awaitCalmHour() throws InterruptedException {
        while (LocalTime.now(ZoneOffset.UTC).getMinute() >= LAST_MINUTE) {
            Thread.sleep(1_000);
        }
    }

    static void mustHave(MongoDatabase database, int events) {
        long stored = database.getCollection("events").countDocuments();
        if (stored != events) {
            throw new IllegalStateException(stored + " events are stored");
        }
    }
}
