package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.BenchmarkParameters;
import io.webanalytics.benchmark.Redis;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Store;
import io.webanalytics.benchmark.Timings;
import io.webanalytics.benchmark.load.Senders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The highest rate from end to end, how soon an event is visible at half of it, and how steady the system is at 70 % of it. */
public final class WholeSystemBenchmark {

    private static final String SPREAD = "spread";
    private static final double HALF = 0.5;
    private static final double SHARE_OF_SOAK = 0.7;

    private final List<String> parts;
    private final int rounds;
    private final int seconds;
    private final int warmUps;
    private final int connections;
    private final int visibleSeconds;
    private final int probes;
    private final int soakMinutes;
    private final int abuseSeconds;
    private final Map<String, Abuse> abuses = new LinkedHashMap<>();
    private final List<String> abuseParts;
    private final Spread spread;
    private final int spreadSiteEvents;
    private final int keyRounds;
    private final int keyWarmUps;
    private final Senders senders;

    public WholeSystemBenchmark(
            BenchmarkParameters parameters, List<String> parts, boolean isEmbedded, Senders senders) {
        this.parts = parts;
        rounds = parameters.number("rounds", 5);
        seconds = parameters.number("seconds", 8);
        warmUps = parameters.number("system.warm-ups", 8);
        connections = parameters.number("connections", 64);
        visibleSeconds = parameters.number("visible.seconds", 30);
        probes = parameters.number("visible.probes", isEmbedded ? 60 : 300);
        soakMinutes = parameters.number("soak-minutes", 30);
        abuseSeconds = parameters.number("abuse.seconds", 15);
        abuses.put("hours", new ScatteredHours(parameters.number("abuse.hours", isEmbedded ? 1_000 : 40_000)));
        abuses.put("patterns", new Patterns());
        abuses.put("slow", new SlowBodies());
        abuses.put("paths", new ManyPaths(parameters.number("abuse.paths", isEmbedded ? 5_000 : 89_000)));
        abuseParts = List.of(parameters
                .text("abuse.parts", String.join(",", abuses.keySet()) + "," + SPREAD)
                .split(","));
        spread = new Spread(
                parameters.number("abuse.spread.hours", isEmbedded ? 500 : 40_000),
                parameters.number("abuse.spread.users", 100_000));
        spreadSiteEvents = parameters.number("abuse.spread.site-events", isEmbedded ? 3_000 : 150_000);
        keyRounds = parameters.number("keys.rounds", 9);
        keyWarmUps = parameters.number("keys.warm-ups", 4);
        this.senders = senders;
    }

    public void run(Redis redis, Store store, Results results) throws Exception {
        if (parts.contains("keys")) {
            new KeysPart(redis, store, senders, connections, seconds, keyWarmUps).run(keyRounds, results);
        }
        if (parts.contains("footprint")) {
            new FootprintPart(redis, store, rounds, seconds, warmUps, connections).run(results);
        }
        if (parts.contains("abuse") && abuseParts.stream().anyMatch(abuses::containsKey)) {
            try (WholeSystem system = WholeSystem.start(Jvm.current(), redis, store, connections)) {
                new AbusePart(
                                system,
                                abuseSeconds,
                                abuseParts.stream()
                                        .filter(abuses::containsKey)
                                        .map(abuses::get)
                                        .toList())
                        .run(rounds, results);
                system.awaitSettled();
            }
        }
        if (parts.contains("abuse") && abuseParts.contains(SPREAD)) {
            try (WholeSystem system = WholeSystem.start(Jvm.current(), redis, store, connections)) {
                new SpreadPart(system, abuseSeconds, spread, spreadSiteEvents).run(rounds, results);
                system.check();
            }
        }
        boolean visible = parts.contains("visible");
        boolean soak = parts.contains("soak") && soakMinutes > 0;
        if (!visible && !soak) {
            return;
        }
        try (WholeSystem system = WholeSystem.start(Jvm.current(), redis, store, connections)) {
            double highest = highest(system, results);
            if (visible) {
                new VisiblePart(system, HALF * highest, visibleSeconds, probes).run(rounds, results);
            }
            if (soak) {
                new SoakPart(system, SHARE_OF_SOAK * highest).run(soakMinutes, results);
            }
        }
    }

    private double highest(WholeSystem system, Results results) throws Exception {
        Timings accepted = new Timings();
        Timings settled = new Timings();
        for (int round = -warmUps; round < rounds; round++) {
            long started = System.nanoTime();
            long before = system.acknowledged();
            double perSecond = system.sendAll(seconds).perSecond();
            system.awaitSettled();
            double through = (system.acknowledged() - before) / ((System.nanoTime() - started) / 1e9);
            system.check();
            Results.progress("whole system: " + Timings.format(perSecond) + " events/s acknowledged, "
                    + Timings.format(through) + " settled" + (round < 0 ? " (warm-up)" : ""));
            if (round >= 0) {
                accepted.add(perSecond);
                settled.add(through);
            }
        }
        results.heading(
                "Whole system: the highest rate",
                String.format(
                        "All three services, each with a heap of 256 MiB and default settings, over %d connections that"
                                + " send the next `POST /event` when they have their answer, for %d s. Settled: until the"
                                + " last of these events is in MongoDB, which had each exactly once; what follows takes"
                                + " this for the highest rate.",
                        connections, seconds),
                "Medians, in brackets the smallest and the largest of " + rounds + " rounds.");
        results.head("acknowledged, events/s", "settled, events/s", "settled / acknowledged");
        results.row(accepted, settled, settled.per(accepted));
        return settled.median();
    }
}
