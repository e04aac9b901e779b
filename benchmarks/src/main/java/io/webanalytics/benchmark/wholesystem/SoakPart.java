package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Timings;
import io.webanalytics.benchmark.load.Load.LoadResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A fixed rate for a long time: whether memory and latency stay steady. */
final class SoakPart {

    private static final int MINUTE = 60; // in seconds
    private static final int COMPARED = 5; // minutes

    private final WholeSystem system;
    private final double perSecond;
    private final Map<String, Timings> figures = new LinkedHashMap<>();

    SoakPart(WholeSystem system, double perSecond) {
        this.system = system;
        this.perSecond = perSecond;
    }

    void run(int minutes, Results results) throws Exception {
        system.send(perSecond, MINUTE); // the warm-up
        try (LedgerWatch ledger = new LedgerWatch(system)) {
            for (int minute = 0; minute < minutes; minute++) {
                measure(minute, ledger);
            }
            system.check();
            write(minutes, ledger, results);
        }
    }

    private void measure(int minute, LedgerWatch ledger) throws Exception {
        LoadResult result = system.send(perSecond, MINUTE);
        add("events acknowledged", result.acknowledged());
        add("requests refused (503)", result.refused());
        add("p50, ms", result.latencies().percentile(0.5));
        add("p99, ms", result.latencies().percentile(0.99));
        add("longest queue, events", ledger.longestQueue());
        for (Service service : Service.values()) {
            RunningService running = system.service(service);
            add(service.words() + ", resident, MiB", running.program().residentMegabytes());
            add(service.words() + ", heap in use after a full collection, MiB", running.liveHeap());
        }
        if (system.keepsInMemory()) {
            system.check();
        }
        Results.progress("soak, minute " + (minute + 1) + ": "
                + figures.entrySet().stream()
                        .map(figure -> figure.getKey() + " "
                                + Timings.format(figure.getValue().get(minute)))
                        .collect(Collectors.joining("; ")));
    }

    private void add(String figure, double value) {
        figures.computeIfAbsent(figure, name -> new Timings()).add(value);
    }

    private void write(int minutes, LedgerWatch ledger, Results results) throws Exception {
        int compared = Math.max(1, Math.min(COMPARED, minutes / 2));
        results.heading(
                "Whole system: " + minutes + " minutes",
                String.format(
                        "%,.0f events in a second, 70 %% of the highest rate, after a minute that is not counted. Each"
                                + " latency counts from the time at which its request was due. The last column compares"
                                + " the medians of the last and the first minutes, %d of each.",
                        perSecond, compared),
                String.format(
                        "%,d events were acknowledged by these services since their start, and %,d settled and stored; %d"
                                + " requests were refused, whose events may have been taken all the same. %s",
                        system.acknowledged(), system.ledger().settled(), system.refused(), ledger.describe()));
        results.head("a minute", "first", "median (min–max)", "last", "last / first minutes");
        for (Map.Entry<String, Timings> figure : figures.entrySet()) {
            Timings values = figure.getValue();
            double first = values.between(0, compared).median();
            double last = values.between(minutes - compared, minutes).median();
            results.row(
                    figure.getKey(),
                    Timings.format(values.get(0)),
                    values,
                    Timings.format(values.get(minutes - 1)),
                    first == 0 ? "" : Timings.format(last / first));
        }
    }
}
