package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Latencies;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Target;
import io.webanalytics.benchmark.Timings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The time from an event's acknowledgement until a report counts it, while others arrive at a fixed rate. */
final class VisiblePart {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int POLL_MILLIS = 10;
    private static final int THREADS = 32; // so that a probe that waits does not delay the next

    private final WholeSystem system;
    private final double perSecond;
    private final int seconds;
    private final int probes;
    private final Timings halves = new Timings();
    private final Timings almostAll = new Timings();
    private final Latencies together = new Latencies();

    /**
     * @param perSecond events of the load in a second
     * @param probes events in a round that are awaited in a report, each of a site of its own
     */
    VisiblePart(WholeSystem system, double perSecond, int seconds, int probes) {
        this.system = system;
        this.perSecond = perSecond;
        this.seconds = seconds;
        this.probes = probes;
    }

    void run(int rounds, Results results) throws Exception {
        measure("warm-up");
        for (int round = 0; round < rounds; round++) {
            List<Long> durations = measure(String.valueOf(round));
            Latencies latencies = new Latencies();
            durations.forEach(latencies::add);
            durations.forEach(together::add);
            halves.add(latencies.percentile(0.5));
            almostAll.add(latencies.percentile(0.99));
            Results.progress("visible: p50 " + Timings.format(halves.get(round)) + " ms, p99 "
                    + Timings.format(almostAll.get(round)) + " ms");
        }
        results.heading(
                "Whole system: from acknowledged to visible",
                String.format(
                        "%,.0f events in a second, half of the highest rate. Meanwhile %d events of a round of %d s have"
                                + " a site of their own, whose `GET /stats` is asked for every %d ms from the"
                                + " acknowledgement on until it counts the event.",
                        perSecond, probes, seconds, POLL_MILLIS),
                "Medians, in brackets the smallest and the largest of " + rounds + " rounds; and all events together.");
        results.head("", "p50, ms", "p99, ms");
        results.row("of each round", halves, almostAll);
        results.row(
                together.count() + " events",
                Timings.format(together.percentile(0.5)),
                Timings.format(together.percentile(0.99)));
        results.figure(Target.VISIBLE, almostAll);
    }

    private List<Long> measure(String round) throws Exception {
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
        try {
            Future<?> load = threads.submit(() -> system.send(perSecond, seconds));
            List<Future<OptionalLong>> underWay = new ArrayList<>();
            for (int i = 0; i < probes; i++) {
                String site = "probe-" + round + "-" + i;
                long due = TimeUnit.SECONDS.toMillis(seconds) * i / probes;
                underWay.add(threads.schedule(() -> probe(site), due, TimeUnit.MILLISECONDS));
            }
            List<Long> durations = new ArrayList<>();
            for (Future<OptionalLong> probe : underWay) {
                probe.get().ifPresent(durations::add);
            }
            load.get();
            system.check();
            return durations;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns the time until an event is visible, in nanoseconds; empty if the event was refused. */
    private OptionalLong probe(String site) throws Exception {
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        boolean taken = system.sendOne(
                "{\"site_id\":\"" + site + "\",\"event_type\":\"page_view\",\"path\":\"/\",\"user_id\":\"user-1\","
                        + "\"timestamp\":\"" + time + "\"}");
        long acknowledged = System.nanoTime();
        if (!taken) {
            return OptionalLong.empty();
        }
        String request = "/stats?site_id=" + site + "&date=" + time.substring(0, "2025-11-12".length());
        while (!system.service(Service.REPORTING).get(request).contains("\"total_views\":1,")) {
            if (System.nanoTime() - acknowledged > LONGEST.toNanos()) {
                throw new IllegalStateException(site + " is not to be seen after " + LONGEST);
            }
            Thread.sleep(POLL_MILLIS);
        }
        return OptionalLong.of(System.nanoTime() - acknowledged);
    }
}
