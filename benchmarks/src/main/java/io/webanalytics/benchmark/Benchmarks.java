package io.webanalytics.benchmark;

import io.webanalytics.benchmark.hours.HoursBenchmark;
import io.webanalytics.benchmark.ingestion.IngestionBenchmark;
import io.webanalytics.benchmark.load.Senders;
import io.webanalytics.benchmark.reports.ReportsBenchmark;
import io.webanalytics.benchmark.throughput.ProcessorBenchmark;
import io.webanalytics.benchmark.wholesystem.WholeSystemBenchmark;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Runs the benchmark of the reports if the first argument is {@code reports}, otherwise all others. See {@code README.md}. */
public final class Benchmarks {

    private static final List<String> PARTS =
            List.of("ingestion", "processor", "hours", "keys", "visible", "footprint", "abuse", "soak");

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        LoggingSystem.get(Benchmarks.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        // The embedded MongoDB warns that it has no compound indexes.
        LoggingSystem.get(Benchmarks.class.getClassLoader()).setLogLevel("de.bwaldvogel.mongo", LogLevel.ERROR);
        if (args.length == 0 || !args[0].equals("reports")) {
            runParts(List.of(args));
            return;
        }
        try (Store store = Store.open()) {
            ReportsBenchmark.run(
                    store, BenchmarkParameters.parse(Arrays.stream(args).skip(1).toList()));
        }
    }

    private static void runParts(List<String> arguments) throws Exception {
        BenchmarkParameters parameters = BenchmarkParameters.parse(arguments);
        String name = parameters.text("results", "RESULTS");
        List<String> parts =
                List.of(parameters.text("parts", String.join(",", PARTS)).split(","));
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("--parts has some of " + PARTS + ", not " + parts);
        }
        try (Redis redis = Redis.open();
                Store store = Store.open()) {
            Senders senders = new Senders();
            IngestionBenchmark ingestion = new IngestionBenchmark(parameters, redis, senders);
            ProcessorBenchmark processor = new ProcessorBenchmark(parameters, store.isEmbedded());
            HoursBenchmark hours = new HoursBenchmark(parameters, store.isEmbedded());
            WholeSystemBenchmark wholeSystem = new WholeSystemBenchmark(parameters, parts, store.isEmbedded(), senders);
            parameters.refuseOthers();

            Results results = Results.open(name, "Benchmarks", String.join(" ", arguments));
            results.fact("Node.js", Command.firstLine("node", "--version"));
            results.fact("Redis", redis.engine());
            results.fact("MongoDB", store.engine());
            results.fact("load", senders.describe());
            results.sayIfEmbedded(store);
            if (parts.contains("ingestion")) {
                ingestion.run(results);
            }
            if (parts.contains("processor")) {
                processor.run(redis, store, results);
            }
            if (parts.contains("hours")) {
                hours.run(store, results);
            }
            wholeSystem.run(redis, store, results);
        }
    }
}
