package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Redis;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Store;
import io.webanalytics.benchmark.Target;
import io.webanalytics.benchmark.Timings;
import io.webanalytics.benchmark.load.HttpGet;
import io.webanalytics.benchmark.load.HttpPost;
import io.webanalytics.benchmark.load.Load;
import io.webanalytics.benchmark.load.Load.LoadResult;
import io.webanalytics.benchmark.load.Rate;
import io.webanalytics.benchmark.load.Senders;
import io.webanalytics.sites.Access;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What it costs to check a key: a service that needs one and has it takes turns with one that is open and has none. */
final class KeysPart {

    private static final String QUEUE = "events:{0}";
    private static final double MEDIAN = 0.5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 50;

    private final Redis redis;
    private final Store store;
    private final Senders senders;
    private final int connections;
    private final int seconds;
    private final int warmUps;
    private final KeyedSites sites = new KeyedSites();

    /** @param warmUps number of rounds before, which do not count */
    KeysPart(Redis redis, Store store, Senders senders, int connections, int seconds, int warmUps) {
        this.redis = redis;
        this.store = store;
        this.senders = senders;
        this.connections = connections;
        this.seconds = seconds;
        this.warmUps = warmUps;
    }

    void run(int rounds, Results results) throws Exception {
        store.database(RunningService.DATABASE).drop();
        redis.rewrites(false);
        try {
            sites.store(store.database(RunningService.DATABASE));
            sites.storeDay(store.database(RunningService.DATABASE));
            results.heading(
                    "Keys",
                    String.format(
                            "A service with `access=keys` and requests with a key, beside one with `access=open` and"
                                    + " requests without; they take turns, in rounds of %d s. There are %,d sites with a key"
                                    + " each. Events come over %d connections; every acknowledged one was in Redis"
                                    + " afterwards. Reports are asked for one after the other, of a day of %d events that is"
                                    + " rolled up. CPU time is that of the service's process, for each request.",
                            seconds, KeyedSites.COUNT, connections, KeyedSites.EVENTS),
                    "Medians, in brackets the smallest and the largest of " + rounds + " rounds.");
            results.head("", "without a key", "with a key", "ratio", "CPU without, µs", "CPU with, µs", "ratio");
            compare(Service.INGESTION, this::events, sites.sender(), rounds, Target.KEY_EVENTS, results);
            compare(Service.REPORTING, this::reports, sites.reader(), rounds, Target.KEY_REPORTS, results);
        } finally {
            redis.rewrites(true);
            redis.empty();
            store.database(RunningService.DATABASE).drop();
        }
    }

    private void compare(
            Service service, AccessSide.Measurement measurement, String key, int rounds, Target target, Results results)
            throws Exception {
        sites.publish(redis);
        try (RunningService open = start(service, Access.OPEN);
                RunningService keys = start(service, Access.KEYS)) {
            AccessSide without = new AccessSide(open, List.of());
            AccessSide with = new AccessSide(keys, List.of(key));
            for (int round = 0; round < warmUps + rounds; round++) {
                boolean withFirst = round % 2 == 0;
                (withFirst ? with : without).measure(measurement);
                (withFirst ? without : with).measure(measurement);
                Results.progress(service.words() + " without a key: "
                        + Timings.format(without.figures().get(round))
                        + ", with: " + Timings.format(with.figures().get(round))
                        + (round < warmUps ? " (warm-up)" : ""));
            }
            write(service, without.from(warmUps), with.from(warmUps), target, results);
        }
    }

    private RunningService start(Service service, Access access) throws Exception {
        RunningService.Start start = arguments -> Jvm.current()
                .start(
                        service,
                        Stream.concat(Stream.of(arguments), Stream.of("--access=" + access.word()))
                                .toArray(String[]::new));
        RunningService running = RunningService.start(service, start, redis, store);
        try {
            awaitRegistry(running);
            return running;
        } catch (Exception e) {
            running.close();
            throw e;
        }
    }

    /** Waits until the service is healthy: a reporting service is ready before it has read the registry. */
    private static void awaitRegistry(RunningService running) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ServiceClient.get(running.url("/actuator/health")).statusCode() != 200) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("It has no registry after " + PATIENCE);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static void write(Service service, AccessSide without, AccessSide with, Target target, Results results)
            throws Exception {
        Timings ratio = with.figures().per(without.figures());
        results.row(
                service == Service.INGESTION ? "`POST /event`, events/s" : "`GET /stats`, p50, ms",
                without.figures(),
                with.figures(),
                ratio,
                without.processor(),
                with.processor(),
                with.processor().per(without.processor()));
        results.figure(target, ratio);
    }

    private AccessSide.Measured events(RunningService service, List<String> headers) throws Exception {
        redis.empty(); // the registry, too: services keep the one that they have
        HttpPost post = HttpPost.ofOne("/event").with(headers);
        Rate rate = senders.send(service.address(), post, connections, seconds);
        redis.check(QUEUE, rate.acknowledged(), rate.unanswered());
        redis.empty();
        return new AccessSide.Measured(rate.perSecond(), rate.acknowledged());
    }

    private AccessSide.Measured reports(RunningService service, List<String> headers) throws Exception {
        HttpGet get = new HttpGet(sites.report(), headers, "\"total_views\":" + KeyedSites.EVENTS);
        LoadResult result = Load.closed(service.address(), get, 1, seconds);
        return new AccessSide.Measured(result.latencies().percentile(MEDIAN), result.acknowledged());
    }
}
