package io.webanalytics.benchmark;

/** The targets that the figures must reach. */
public enum Target {
    EXPRESS_ONE("`POST /event` / Express, one process", true, 3),
    EXPRESS_TWO("`POST /event` / Express, two processes", true, 2),
    VALIDATED("`POST /event` / validated, not queued", true, 0.75),
    FSYNC("`POST /event`, `appendfsync` always / everysec", true, 0.8),
    EXPRESS_LATENCY("p99 at 70 % of Express's highest rate / Express", false, 0.5),
    PIPELINE("`POST /events` of 500 / bare `LPUSH`, 16 in a pipeline", true, 0.3),
    DRIVER("processor without rollups / bare `insertMany`", true, 0.8),
    DRIVER_WITH_ROLLUPS("processor with rollups / bare `insertMany`", true, 0.7),
    ONE_AT_A_TIME("processor / one event at a time", true, 15),
    DUPLICATES("processor: events stored already / fresh", true, 0.25),
    HOURS("rollups: small hours, each in a day of its own, that are built in a second", true, 1_000),
    ABUSE("p50 of a neighbour beside an abuse / in quiet", false, 2),
    SPREAD("p50 of a report beside a site that spreads / in quiet", false, 2),
    KEY_EVENTS("`POST /event` with a key / without, events in a second", true, 0.95),
    KEY_REPORTS("p50 of `GET /stats` with a key / without", false, 1.05),
    VISIBLE("acknowledged until visible in `/stats` at half load, p99, ms", false, 500);

    private final String words;
    private final boolean atLeast;
    private final double bound;

    Target(String words, boolean atLeast, double bound) {
        this.words = words;
        this.atLeast = atLeast;
        this.bound = bound;
    }

    String words() {
        return words;
    }

    String asked() {
        return (atLeast ? "≥ " : "≤ ") + (bound == Math.rint(bound) ? String.valueOf((long) bound) : bound);
    }

    /** Returns how many times as good as asked a figure is: 1 is just enough, and more is better. */
    double timesAsGood(double figure) {
        return atLeast ? figure / bound : bound / figure;
    }
}
