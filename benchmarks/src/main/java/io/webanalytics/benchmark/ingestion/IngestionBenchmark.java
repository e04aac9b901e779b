package io.webanalytics.benchmark.ingestion;

import io.webanalytics.benchmark.BenchmarkParameters;
import io.webanalytics.benchmark.Latencies;
import io.webanalytics.benchmark.Program;
import io.webanalytics.benchmark.Redis;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Target;
import io.webanalytics.benchmark.Timings;
import io.webanalytics.benchmark.load.HttpPost;
import io.webanalytics.benchmark.load.Load;
import io.webanalytics.benchmark.load.Load.LoadResult;
import io.webanalytics.benchmark.load.Lpush;
import io.webanalytics.benchmark.load.Rate;
import io.webanalytics.benchmark.load.Senders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;

/** How many events are acknowledged in a second, and how fast, beside Express and beside servers that do only a part of it. */
public final class IngestionBenchmark {

    private static final String QUEUE = "events:{0}";
    /** Needed since the benchmarks' jar has the libraries of the other services, too. */
    private static final String WITHOUT_MONGO =
            "--spring.autoconfigure.exclude=org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration,"
                    + "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration";

    private static final String ALWAYS = "always";
    private static final int BATCH = 500;
    private static final int PIPELINE = 16;
    private static final double SHARE_OF_EXPRESS = 0.7;

    private final int rounds;
    private final int seconds;
    private final int warmUps;
    private final int connections;
    private final int batchConnections;
    private final Redis redis;
    private final Senders senders;

    public IngestionBenchmark(BenchmarkParameters parameters, Redis redis, Senders senders) {
        this.rounds = parameters.number("rounds", 5);
        this.seconds = parameters.number("seconds", 8);
        this.connections = parameters.number("connections", 64);
        this.batchConnections = parameters.number("batch-connections", 8);
        this.warmUps = parameters.number("warm-ups", 2);
        this.redis = redis;
        this.senders = senders;
    }

    public void run(Results results) throws Exception {
        redis.rewrites(false);
        try {
            measure(results);
        } finally {
            redis.appendfsync(ALWAYS);
            redis.rewrites(true);
        }
    }

    private void measure(Results results) throws Exception {
        int ours = Program.freePort();
        int express = Program.freePort();
        int cluster = Program.freePort();
        try (Program service = Program.java(
                        IngestionWithoutQueue.class,
                        List.of("-Xmx256m"),
                        "--server.port=" + ours,
                        "--server.address=127.0.0.1",
                        "--ingestion.queue-limit=100000000",
                        WITHOUT_MONGO,
                        "--spring.data.redis.url=" + redis.url());
                Program one = express(express, 1);
                Program two = express(cluster, 2)) {
            service.awaitListening(ours);
            one.awaitListening(express);
            two.awaitListening(cluster);

            HttpPost event = HttpPost.ofOne("/event");
            Side us = new Side("`POST /event`", here(ours), event, connections, QUEUE, ALWAYS);
            Side them = new Side("Express, one process", here(express), event, connections, "events", ALWAYS);
            List<Side> single = List.of(
                    us,
                    them,
                    new Side("Express, two processes", here(cluster), event, connections, "events", ALWAYS),
                    new Side(
                            "validated, not queued", here(ours), HttpPost.ofOne("/validated"), connections, "", ALWAYS),
                    new Side(
                            "`POST /event`, `appendfsync everysec`", here(ours), event, connections, QUEUE, "everysec"),
                    new Side("bare `LPUSH`", redis.address(), new Lpush(1), connections, Lpush.LIST, ALWAYS));
            Side batches = new Side(
                    "`POST /events` of " + BATCH,
                    here(ours),
                    HttpPost.ofMany("/events", BATCH),
                    batchConnections,
                    QUEUE,
                    ALWAYS);
            Side pipelined = new Side(
                    "bare `LPUSH`, " + PIPELINE + " in a pipeline",
                    redis.address(),
                    new Lpush(PIPELINE),
                    batchConnections,
                    Lpush.LIST,
                    ALWAYS);
            List<Side> many = List.of(batches, pipelined);

            List<Side> turns = new ArrayList<>(single);
            turns.addAll(many);
            for (int i = 0; i < warmUps; i++) {
                turns.forEach(this::load);
            }
            for (int round = 0; round < rounds; round++) {
                turns.forEach(this::measure);
                Collections.rotate(turns, 1); // so that no side always follows the same one
            }
            writeRates(results, us, single, batches, many);
            results.figure(Target.EXPRESS_ONE, us.rates().per(them.rates()));
            results.figure(Target.EXPRESS_TWO, us.rates().per(single.get(2).rates()));
            results.figure(Target.VALIDATED, us.rates().per(single.get(3).rates()));
            results.figure(Target.FSYNC, us.rates().per(single.get(4).rates()));
            results.figure(Target.PIPELINE, batches.rates().per(pipelined.rates()));
            writeLatencies(results, us, them);
        }
    }

    private static InetSocketAddress here(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private Program express(int port, int processes) throws Exception {
        return Program.node(
                "ingestion.js",
                Map.of(
                        "PORT", String.valueOf(port),
                        "PROCESSES", String.valueOf(processes),
                        "REDIS_URL", redis.url()));
    }

    private void measure(Side side) {
        Rate rate = load(side);
        side.rates().add(rate.perSecond());
        Results.progress(side.words() + ": " + Timings.format(rate.perSecond()) + " events/s");
    }

    private Rate load(Side side) {
        return checked(
                side,
                () -> senders.send(side.server(), side.protocol(), side.connections(), seconds),
                Rate::acknowledged,
                Rate::unanswered);
    }

    /** Runs a load and checks Redis: every acknowledged event must be there, and none that was not sent. */
    private <T> T checked(Side side, Callable<T> run, ToLongFunction<T> acknowledged, ToLongFunction<T> unanswered) {
        redis.empty();
        redis.appendfsync(side.appendfsync());
        try {
            T outcome = run.call();
            if (!side.list().isEmpty()) {
                redis.check(side.list(), acknowledged.applyAsLong(outcome), unanswered.applyAsLong(outcome));
            }
            return outcome;
        } catch (Exception e) {
            throw new IllegalStateException(side.words(), e);
        } finally {
            redis.empty();
        }
    }

    private void writeRates(Results results, Side us, List<Side> single, Side batches, List<Side> many)
            throws Exception {
        results.heading(
                "Ingestion: events acknowledged in a second",
                String.format(
                        "%d connections, each of which sends the next request when it has its answer; rounds of %d s. Every"
                                + " acknowledged event was in Redis afterwards, where it was to be queued. Redis writes each to disk before it answers"
                                + " (`appendfsync always`) where nothing else is said.",
                        connections, seconds),
                "Medians, in brackets the smallest and the largest of " + rounds + " rounds; the ratio is that of each"
                        + " round.");
        results.head("", "events/s", "`POST /event` / this");
        for (Side side : single) {
            results.row(side.words(), side.rates(), side == us ? "" : us.rates().per(side.rates()));
        }
        results.heading("Ingestion: many events in a request", "The same over " + batchConnections + " connections.");
        results.head("", "events/s", "`POST /events` / this");
        for (Side side : many) {
            results.row(
                    side.words(),
                    side.rates(),
                    side == batches ? "" : batches.rates().per(side.rates()));
        }
    }

    private void writeLatencies(Results results, Side us, Side them) throws Exception {
        double rate = SHARE_OF_EXPRESS * them.rates().median();
        Percentiles ours = new Percentiles();
        Percentiles theirs = new Percentiles();
        for (int round = 0; round < rounds; round++) {
            boolean oursFirst = round % 2 == 0;
            (oursFirst ? ours : theirs).add(latencies(oursFirst ? us : them, rate));
            (oursFirst ? theirs : ours).add(latencies(oursFirst ? them : us, rate));
            Results.progress("p99: " + Timings.format(ours.p99.get(round)) + " ms, Express "
                    + Timings.format(theirs.p99.get(round)) + " ms");
        }
        Timings ratio = ours.p99.per(theirs.p99);
        results.heading(
                "Ingestion: latency at a fixed rate",
                String.format(
                        "%,.0f requests in a second, %.0f %% of what Express takes at most, whether the last ones are"
                                + " answered or not; each counts from the time at which it was due.",
                        rate, SHARE_OF_EXPRESS * 100));
        results.head("", "p50, ms", "p99, ms", "p99: `POST /event` / this");
        results.row(us.words(), ours.p50, ours.p99, "");
        results.row(them.words(), theirs.p50, theirs.p99, ratio);
        results.figure(Target.EXPRESS_LATENCY, ratio);
    }

    private Latencies latencies(Side side, double rate) {
        return checked(
                        side,
                        () -> Load.open(side.server(), side.protocol(), side.connections(), seconds, rate),
                        LoadResult::acknowledged,
                        all -> 0)
                .latencies();
    }

    /** The latencies of all rounds, in ms. */
    private record Percentiles(Timings p50, Timings p99) {

        Percentiles() {
            this(new Timings(), new Timings());
        }

        void add(Latencies round) {
            p50.add(round.percentile(0.5));
            p99.add(round.percentile(0.99));
        }
    }
}
