package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Target;
import io.webanalytics.benchmark.Timings;
import io.webanalytics.benchmark.wholesystem.Neighbour.Felt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a neighbour feels of abuses: each is compared with the quiet just before it. */
final class AbusePart {

    private static final Duration BUILT_WITHIN = Duration.ofSeconds(60);
    private static final Instant OLD_HOUR = Instant.parse("2015-06-01T00:30:00Z");

    private final WholeSystem system;
    private final int seconds;
    private final List<Abuse> abuses;
    private final Timings worst = new Timings();
    private int hour;

    AbusePart(WholeSystem system, int seconds, List<Abuse> abuses) {
        this.system = system;
        this.seconds = seconds;
        this.abuses = abuses;
    }

    void run(int rounds, Results results) throws Exception {
        Neighbour neighbour = new Neighbour(system);
        neighbour.moveIn();
        neighbour.live(seconds); // the warm-up
        results.heading(
                "Whole system: abuses, and what a neighbour feels of them",
                String.format(
                        "All three services, each with a heap of 256 MiB and default settings. A site sends events and small"
                                + " batches and asks for the reports of its day and its week, one after the other, for %d s"
                                + " in quiet and for as long beside the abuse. All of its requests must be answered well. In"
                                + " each round an old hour of it is marked after the abuse has begun, and must be rolled up"
                                + " within %d s.",
                        seconds, BUILT_WITHIN.toSeconds()),
                "p50 in ms; medians, in brackets the smallest and the largest of " + rounds
                        + " rounds; the ratio is that of" + " each round.");
        results.head(
                "abuse",
                "event, quiet",
                "event, beside it",
                "ratio",
                "report, quiet",
                "report, beside it",
                "ratio",
                "hour rolled up after, s");
        for (Abuse abuse : abuses) {
            measure(abuse, neighbour, rounds, results);
        }
        results.figure(Target.ABUSE, worst);
    }

    private void measure(Abuse abuse, Neighbour neighbour, int rounds, Results results) throws Exception {
        Timings quietEvents = new Timings();
        Timings events = new Timings();
        Timings quietReports = new Timings();
        Timings reports = new Timings();
        Timings built = new Timings();
        abuse.prepare(system);
        system.awaitSettled();
        system.awaitRolledUp();
        for (int round = 0; round < rounds; round++) {
            Felt quiet = neighbour.live(seconds);
            Felt beside = beside(abuse, neighbour, built);
            quietEvents.add(quiet.events().percentile(0.5));
            events.add(beside.events().percentile(0.5));
            quietReports.add(quiet.reports().percentile(0.5));
            reports.add(beside.reports().percentile(0.5));
            system.mustRun();
            Results.progress(abuse.words() + ": event " + Timings.format(quietEvents.get(round)) + " → "
                    + Timings.format(events.get(round)) + " ms, report " + Timings.format(quietReports.get(round))
                    + " → " + Timings.format(reports.get(round)) + " ms, hour built after "
                    + Timings.format(built.get(round)) + " s");
            system.awaitSettled();
            system.awaitRolledUp();
        }
        Timings eventRatio = events.per(quietEvents);
        Timings reportRatio = reports.per(quietReports);
        worst.add(Math.max(eventRatio.median(), reportRatio.median()));
        results.row(abuse.words(), quietEvents, events, eventRatio, quietReports, reports, reportRatio, built);
    }

    private Felt beside(Abuse abuse, Neighbour neighbour, Timings built) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        AtomicBoolean over = new AtomicBoolean();
        try {
            Future<?> abused = threads.submit(() -> {
                abuse.run(system, over::get);
                return null;
            });
            Thread.sleep(1_000);
            Future<Double> rolledUp = threads.submit(this::secondsUntilRolledUp);
            Felt felt = neighbour.live(seconds);
            built.add(rolledUp.get());
            over.set(true);
            abused.get();
            return felt;
        } finally {
            threads.shutdownNow();
        }
    }

    private double secondsUntilRolledUp() throws Exception {
        Instant old = OLD_HOUR.plus(Duration.ofHours(hour++));
        system.sendMany(Neighbour.event(0, old), 1);
        long sent = System.nanoTime();
        system.awaitRolledUp(Neighbour.SITE, old, BUILT_WITHIN);
        return (System.nanoTime() - sent) / 1e9;
    }
}
