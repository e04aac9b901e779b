package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Latencies;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Target;
import io.webanalytics.benchmark.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** What other sites feel while one spreads junk over all hours, paths and users that it can, and afterwards. */
final class SpreadPart {

    private static final double MEDIAN = 0.5;
    private static final double P95 = 0.95;

    private final WholeSystem system;
    private final int seconds;
    private final Spread spread;
    private final SteadySite site;
    private final RollupProbes probes;

    SpreadPart(WholeSystem system, int seconds, Spread spread, int eventsOfSite) {
        this.system = system;
        this.seconds = seconds;
        this.spread = spread;
        this.site = new SteadySite(system, eventsOfSite);
        this.probes = new RollupProbes(system);
    }

    /** What was felt in a time: the latencies of the reports, by name, and how long late hours waited for their rollup. */
    private record Felt(Map<String, Latencies> reports, Latencies rollups, double seconds) {}

    private interface Task {
        void run() throws Exception;
    }

    void run(int rounds, Results results) throws Exception {
        site.moveIn();
        felt(this::pause); // the warm-up
        Map<String, Long> before = system.documents();
        List<Felt> quiet = new ArrayList<>(List.of(felt(this::pause)));
        List<Felt> beside = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            beside.add(felt(() -> {
                spread.run(system, () -> false);
                system.awaitSettled();
                system.awaitRolledUp(Spread.SITE);
            }));
            quiet.add(felt(this::pause));
            system.mustRun();
            Results.progress("round " + (round + 1) + " of " + spread.words() + ", done in "
                    + Timings.format(beside.get(round).seconds) + " s: " + words(quiet.get(round)) + " → "
                    + words(beside.get(round)) + " → " + words(quiet.get(round + 1)));
        }
        write(quiet, beside, results);
        writeGrowth(before, results);
    }

    private void pause() throws InterruptedException {
        Thread.sleep(seconds * 1_000L);
    }

    private Felt felt(Task meanwhile) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        BooleanSupplier isOver = over::get;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Map<String, Latencies>> reports = threads.submit(() -> site.live(isOver));
            Future<Latencies> rollups = threads.submit(() -> probes.run(isOver));
            long started = System.nanoTime();
            meanwhile.run();
            double took = (System.nanoTime() - started) / 1e9;
            over.set(true);
            return new Felt(reports.get(), rollups.get(), took);
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private static String words(Felt felt) {
        StringBuilder words = new StringBuilder();
        felt.reports
                .values()
                .forEach(report -> words.append(Timings.format(report.percentile(MEDIAN)))
                        .append('/')
                        .append(Timings.format(report.percentile(P95)))
                        .append(' '));
        return words + "ms, rolled up in " + Timings.format(felt.rollups.percentile(MEDIAN) / 1_000) + ", at most "
                + Timings.format(felt.rollups.percentile(1) / 1_000) + " s";
    }

    private void write(List<Felt> quiet, List<Felt> beside, Results results) throws Exception {
        int rounds = beside.size();
        Timings took = new Timings();
        beside.forEach(felt -> took.add(felt.seconds));
        results.heading(
                "Whole system: one site that spreads",
                String.format(
                        "All three services, each with a heap of 256 MiB and default settings. One site sends %,d events a"
                                + " round, 1,000 at a time, in %,d hours that no other round has, each with a path of its own."
                                + " That took %s s until all was rolled up. Meanwhile, and in %d s of quiet before and after,"
                                + " a site with %,d events of 30 days sends up to 50 more a second and asks for its reports,"
                                + " one after the other, which must be answered well; of %,d of its events %,d were"
                                + " refused.",
                        spread.eventsOfRound(),
                        spread.hoursOfRound(),
                        took,
                        seconds,
                        site.events(),
                        site.sent(),
                        site.refused()),
                "ms; medians, in brackets the smallest and the largest of " + rounds
                        + " rounds; the ratio is that of each round's p50, and of the quiet after all rounds to that"
                        + " before any.");
        results.head(
                "report", "p50, quiet", "p50, beside it", "ratio", "p95, quiet", "p95, beside it", "after / before");
        Timings worst = new Timings();
        for (String report : site.reports()) {
            Timings quietP50 = percentiles(quiet.subList(0, rounds), report, MEDIAN);
            Timings besideP50 = percentiles(beside, report, MEDIAN);
            Timings ratio = besideP50.per(quietP50);
            double last = quiet.get(rounds).reports.get(report).percentile(MEDIAN);
            results.row(
                    report,
                    quietP50,
                    besideP50,
                    ratio,
                    percentiles(quiet.subList(0, rounds), report, P95),
                    percentiles(beside, report, P95),
                    Timings.format(last / quietP50.get(0)));
            worst = worst.count() == 0 || ratio.median() > worst.median() ? ratio : worst;
        }
        results.figure(Target.SPREAD, worst);
        writeRollups(quiet, beside, results);
    }

    private static void writeRollups(List<Felt> quiet, List<Felt> beside, Results results) throws Exception {
        results.paragraph(
                "Every two seconds a late event of a third site marks an hour, in turns one of the last two days and"
                        + " an older one. Time until its rollup has it, in s, 10 s of which the hour must be left alone:");
        results.head("", "median of a round", "longest of a round");
        results.row("quiet", waited(quiet, MEDIAN), waited(quiet, 1));
        results.row("beside it", waited(beside, MEDIAN), waited(beside, 1));
    }

    private void writeGrowth(Map<String, Long> before, Results results) throws Exception {
        results.paragraph("Documents of each collection, before the first round and after the last:");
        results.head("collection", "before", "after");
        for (Map.Entry<String, Long> after : system.documents().entrySet()) {
            results.row(
                    "`" + after.getKey() + "`",
                    String.format("%,d", before.get(after.getKey())),
                    String.format("%,d", after.getValue()));
        }
    }

    private static Timings percentiles(List<Felt> all, String report, double share) {
        Timings timings = new Timings();
        all.forEach(felt -> timings.add(felt.reports.get(report).percentile(share)));
        return timings;
    }

    private static Timings waited(List<Felt> all, double share) {
        Timings timings = new Timings();
        all.forEach(felt -> timings.add(felt.rollups.percentile(share) / 1_000));
        return timings;
    }
}
