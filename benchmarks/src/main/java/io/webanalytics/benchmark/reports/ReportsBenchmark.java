package io.webanalytics.benchmark.reports;

import io.webanalytics.benchmark.BenchmarkParameters;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Store;

/** Reports from rollups beside the same answers from all events, in three parts. */
public final class ReportsBenchmark {

    private ReportsBenchmark() {}

    public static void run(Store store, BenchmarkParameters parameters) throws Exception {
        Settings settings = Settings.of(parameters, store.isEmbedded());
        parameters.refuseOthers();
        Results results = Results.openReports(store);
        if (settings.parts().contains("growing")) {
            new GrowingPart(store, settings, results).run();
        }
        if (settings.parts().contains("heavy")) {
            new HeavyPart(store, settings, results).run();
        }
        if (settings.parts().contains("running")) {
            new RunningDayPart(store, settings, results).run();
        }
    }
}
