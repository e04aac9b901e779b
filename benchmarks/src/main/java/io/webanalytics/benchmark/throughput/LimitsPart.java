package io.webanalytics.benchmark.throughput;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.benchmark.Program;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Store;
import io.webanalytics.benchmark.Target;
import io.webanalytics.benchmark.Timings;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The processor beside the driver alone, beside a worker of one event at a time, and on events that are stored already. */
final class LimitsPart {

    private static final int WORKERS = 2;
    private static final int BATCH = 2_000;
    private static final int SLOWER = 50; // times fewer events for the worker of one event at a time

    private final Store store;
    private final Queue queue;
    private final Round round;
    private final int warmUp;
    private final int events;

    private final Timings driver = new Timings();
    private final Timings withRollups = new Timings();
    private final Timings without = new Timings();
    private final Timings duplicates = new Timings();
    private final Timings oneByOne = new Timings();

    LimitsPart(Store store, Queue queue, Round round, int warmUp, int events) {
        this.store = store;
        this.queue = queue;
        this.round = round;
        this.warmUp = warmUp;
        this.events = events;
    }

    void run(int rounds, Results results) throws Exception {
        for (int i = 0; i < rounds; i++) {
            try {
                measure(Scenario.LIVE.elements(warmUp + events), i);
            } finally {
                store.database(Round.DATABASE).drop();
            }
            Results.progress(String.format(
                    "limits: driver %s, without rollups %s, with %s, duplicates %s, one by one %s",
                    Timings.format(driver.get(i)),
                    Timings.format(without.get(i)),
                    Timings.format(withRollups.get(i)),
                    Timings.format(duplicates.get(i)),
                    Timings.format(oneByOne.get(i))));
        }
        results.heading(
                "Processor: beside the driver, and beside one event at a time",
                String.format(
                        "The same %,d events, of the running hour. The driver alone: `insertMany` of documents that are"
                                + " encoded already, by %d threads in batches of %,d, unordered, into a collection with"
                                + " the same index, acknowledged by a majority and its journals. One at a time:"
                                + " `BRPOP` and `insertOne`, in Node.js, of %,d events.",
                        warmUp + events, WORKERS, BATCH, (warmUp + events) / SLOWER),
                "Medians, in brackets the smallest and the largest of " + rounds
                        + " rounds; the ratios are those of each" + " round.");
        results.head("", "events/s", "/ the driver alone", "/ fresh events, with rollups", "/ one at a time");
        results.row("the driver alone", driver, "", "", "");
        row(results, "processor without rollups", without);
        row(results, "processor with rollups", withRollups);
        row(results, "the same, of events that are stored already", duplicates);
        results.row("one at a time", oneByOne, "", "", "");
        results.figure(Target.DRIVER, without.per(driver));
        results.figure(Target.DRIVER_WITH_ROLLUPS, withRollups.per(driver));
        results.figure(Target.ONE_AT_A_TIME, withRollups.per(oneByOne));
        results.figure(Target.DUPLICATES, duplicates.per(withRollups));
    }

    private void row(Results results, String words, Timings rates) throws Exception {
        results.row(words, rates, rates.per(driver), rates.per(withRollups), rates.per(oneByOne));
    }

    private interface Variant {

        void measure(List<byte[]> elements) throws Exception;
    }

    /** Rotates the variants: after each one MongoDB has background work, which slows the next. */
    private void measure(List<byte[]> elements, int turn) throws Exception {
        Round.awaitCalmHour();
        List<Variant> variants = Arrays.asList(this::driver, this::without, this::withRollups);
        Collections.rotate(variants, turn);
        for (Variant variant : variants) {
            variant.measure(elements);
        }
        oneByOne.add(oneByOne(elements.subList(0, (warmUp + events) / SLOWER)));
    }

    private void driver(List<byte[]> elements) throws Exception {
        driver.add(insertBarely(elements));
    }

    private void without(List<byte[]> elements) throws Exception {
        without.add(round.empty(round.newDatabase(), elements, false));
    }

    private void withRollups(List<byte[]> elements) throws Exception {
        MongoDatabase database = round.newDatabase();
        withRollups.add(round.empty(database, elements, true));
        duplicates.add(round.empty(database, elements, true)); // the events are still stored
    }

    private double insertBarely(List<byte[]> elements) throws Exception {
        MongoDatabase database = round.newDatabase();
        double perSecond = BareInserts.perSecond(database.getCollection("events"), elements, warmUp, WORKERS, BATCH);
        Round.mustHave(database, elements.size());
        return perSecond;
    }

    private double oneByOne(List<byte[]> elements) throws Exception {
        MongoDatabase database = round.newDatabase();
        queue.fillPlain(elements);
        int from = elements.size() / 2; // the first half is its warm-up
        try (Program worker = Program.node(
                "worker.js", Map.of("REDIS_URL", queue.url(), "MONGODB_URI", store.uri(database.getName())))) {
            long before = await(worker, from);
            long started = System.nanoTime();
            long after = await(worker, 1);
            return (before - after) / ((System.nanoTime() - started) / 1e9);
        }
    }

    /** Waits until at most {@code left} elements are left, and returns how many. */
    private long await(Program worker, long left) throws InterruptedException {
        return Round.await(worker, queue::plainLength, length -> length <= left);
    }
}
