package io.webanalytics.benchmark.throughput;

import io.webanalytics.benchmark.BenchmarkParameters;
import io.webanalytics.benchmark.Redis;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Store;
import io.webanalytics.benchmark.Timings;
import java.util.List;

/** Throughput of the processor with rollups and without, and beside other ways to store events. */
public final class ProcessorBenchmark {

    private final List<String> parts;
    private final int rounds;
    private final int events;
    private final int warmUp;

    public ProcessorBenchmark(BenchmarkParameters parameters, boolean isEmbedded) {
        parts = List.of(parameters.text("processor.parts", "limits,rollups").split(","));
        rounds = parameters.number("rounds", 5);
        events = parameters.number("processor.events", isEmbedded ? 10_000 : 150_000);
        warmUp = parameters.number("processor.warm-up", isEmbedded ? 10_000 : 450_000);
    }

    public void run(Redis redis, Store store, Results results) throws Exception {
        try (Queue queue = new Queue(redis.url())) {
            Round round = new Round(store, queue, warmUp, events);
            if (parts.contains("limits")) {
                new LimitsPart(store, queue, round, warmUp, events).run(rounds, results);
            }
            if (parts.contains("rollups")) {
                measureRollups(round, rounds, warmUp, events, results);
            }
        } finally {
            redis.empty();
        }
    }

    private static void measureRollups(Round round, int rounds, int warmUp, int events, Results results)
            throws Exception {
        results.heading(
                "Processor: with rollups and without",
                String.format(
                        "Each round, a processor of two workers and batches of 2,000 empties a queue of %,d events of %d"
                                + " sites into a new database; the time is taken from %,d settled events on. Without: it"
                                + " marks no hours, and so builds no rollups.",
                        warmUp + events, Scenario.SITES, warmUp),
                "Medians, in brackets the smallest and the largest of " + rounds + " rounds; the ratio is that of each"
                        + " round.");
        results.head("when the events happened", "with, events/s", "without, events/s", "with / without");
        for (Scenario scenario : Scenario.values()) {
            measure(round, scenario, rounds, results);
        }
    }

    private static void measure(Round round, Scenario scenario, int rounds, Results results) throws Exception {
        Timings with = new Timings();
        Timings without = new Timings();
        Timings ratio = new Timings();
        for (int i = 0; i < rounds; i++) {
            boolean withFirst = i % 2 == 0;
            (withFirst ? with : without).add(round.run(scenario, withFirst));
            (withFirst ? without : with).add(round.run(scenario, !withFirst));
            ratio.add(with.get(i) / without.get(i));
            Results.progress(scenario + ": " + Timings.format(with.get(i)) + " with, " + Timings.format(without.get(i))
                    + " without");
        }
        results.row(scenario.words(), with, without, ratio);
    }
}
