package io.webanalytics.benchmark;

import io.webanalytics.benchmark.ingestion.IngestionBenchmark;
import io.webanalytics.benchmark.reports.ReportsBenchmark;
import io.webanalytics.benchmark.throughput.ProcessorBenchmark;
import java.util.Arrays;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Runs the benchmark that the first argument names. The others are its parameters, see {@code README.md}. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        LoggingSystem.get(Benchmarks.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        String which = args.length == 0 ? "" : args[0];
        Parameters parameters = Parameters.parse(Arrays.stream(args).skip(1).toList());
        if (which.equals("ingestion")) {
            IngestionBenchmark.run(parameters);
            return;
        }
        try (Store store = Store.open()) {
            switch (which) {
                case "reports" -> ReportsBenchmark.run(store, parameters);
                case "processor" -> ProcessorBenchmark.run(store, parameters);
                default -> throw new IllegalArgumentException("ingestion, reports or processor, not '" + which + "'");
            }
        }
    }
}
