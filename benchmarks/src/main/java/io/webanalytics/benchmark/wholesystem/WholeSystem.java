package io.webanalytics.benchmark.wholesystem;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.webanalytics.benchmark.Redis;
import io.webanalytics.benchmark.Store;
import io.webanalytics.benchmark.load.HttpPost;
import io.webanalytics.benchmark.load.Load;
import io.webanalytics.benchmark.load.Load.LoadResult;
import io.webanalytics.rollup.Bucket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import tools.jackson.databind.json.JsonMapper;

/** The three services, on a Redis and a database that are empty at first, and counts of what they acknowledged. */
final class WholeSystem implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_OF_SITE = Duration.ofMinutes(15);
    private static final long SELDOM_NANOS = 500_000_000;
    private static final int PATIENCE_MILLIS = 1_000;
    private static final int POLL_MILLIS = 20;
    private static final String EVENT = "/event";
    private static final JsonMapper JSON = new JsonMapper();

    private final Redis redis;
    private final Store store;
    private final int connections;
    private final List<RunningService> services = new ArrayList<>();
    private long acknowledged;
    private long refused;
    private long removed;

    private WholeSystem(Redis redis, Store store, int connections) {
        this.redis = redis;
        this.store = store;
        this.connections = connections;
    }

    /** @param connections number of connections of the load */
    static WholeSystem start(Jvm jvm, Redis redis, Store store, int connections)
            throws IOException, InterruptedException {
        WholeSystem system = new WholeSystem(redis, store, connections);
        redis.empty();
        store.database(RunningService.DATABASE).drop();
        try {
            for (Service service : Service.values()) {
                system.services.add(RunningService.start(service, jvm, redis, store));
            }
            return system;
        } catch (Exception e) {
            system.close();
            throw e;
        }
    }

    RunningService service(Service service) {
        return services.get(service.ordinal());
    }

    /** Sends as many events as the system acknowledges. */
    LoadResult sendAll(int seconds) throws IOException {
        return counted(
                Load.closed(service(Service.INGESTION).address(), HttpPost.ofOneNow(EVENT), connections, seconds));
    }

    /** Sends a fixed number of events per second. */
    LoadResult send(double perSecond, int seconds) throws IOException {
        return counted(Load.open(
                service(Service.INGESTION).address(), HttpPost.ofOneNow(EVENT), connections, seconds, perSecond));
    }

    private synchronized LoadResult counted(LoadResult result) {
        acknowledged += result.acknowledged();
        refused += result.refused();
        return result;
    }

    /** Sends one event, beside the load. Returns whether it was acknowledged. */
    boolean sendOne(String json) throws IOException, InterruptedException {
        int status =
                ServiceClient.post(service(Service.INGESTION).url(EVENT), json).statusCode();
        synchronized (this) {
            acknowledged += status == 202 ? 1 : 0;
            refused += status == 202 ? 0 : 1;
        }
        return status == 202;
    }

    /** Sends some events, one in each line. All must be accepted. */
    void sendMany(String lines, int events) throws IOException, InterruptedException {
        ServiceClient.mustBe(
                202, ServiceClient.postLines(service(Service.INGESTION).url("/events"), lines));
        synchronized (this) {
            acknowledged += events;
        }
    }

    /** Sends some events, and again while Redis is too slow for them: those that were taken all the same are sent twice. */
    void sendManyPatiently(String lines, int events) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            int status = status(lines);
            boolean taken = status == 202;
            synchronized (this) {
                acknowledged += taken ? events : 0;
                refused += taken ? 0 : events;
            }
            if (taken) {
                return;
            }
            if (status != 503 || System.nanoTime() > deadline) {
                throw new IllegalStateException("POST /events was answered " + status);
            }
            Thread.sleep(PATIENCE_MILLIS);
        }
    }

    /** Returns the status of the answer to a batch; 503 if the connection broke, too. */
    private int status(String lines) throws InterruptedException {
        try {
            return ServiceClient.postLines(service(Service.INGESTION).url("/events"), lines)
                    .statusCode();
        } catch (IOException e) {
            return 503;
        }
    }

    /** Waits until no hour waits for its rollup. */
    void awaitRolledUp() throws InterruptedException {
        await(
                "all hours are rolled up",
                LONGEST,
                () -> heads().countDocuments(Filters.and(Filters.exists("dirty_since"), Filters.lt("end", new Date())))
                        == 0);
    }

    /** Waits until no hour of a site waits for its rollup, and looks seldom, by the index of those that wait. */
    void awaitRolledUp(String site) throws InterruptedException {
        Bson waits = Filters.and(
                Filters.in("lane", "recent", "old"), Filters.gte("_id", site + "/"), Filters.lt("_id", site + "0"));
        await("all hours of " + site + " are rolled up", LONGEST_OF_SITE, () -> {
            LockSupport.parkNanos(SELDOM_NANOS);
            return heads().find(waits).first() == null;
        });
    }

    /** Waits until the rollup of an hour is built. */
    void awaitRolledUp(String site, Instant instant, Duration longest) throws InterruptedException {
        String id = Bucket.hour(site, instant).id();
        await(
                id + " is rolled up",
                longest,
                () -> heads().countDocuments(Filters.and(
                                Filters.eq(id), Filters.exists("build"), Filters.exists("dirty_since", false)))
                        == 1);
    }

    /** Returns the build of an hour's rollup, empty if there is none or it waits to be built again. */
    String build(String site, Instant instant) {
        Document head =
                heads().find(Filters.eq(Bucket.hour(site, instant).id())).first();
        return head == null || head.containsKey("dirty_since") ? "" : head.get("build", "");
    }

    /** Counts the documents of each collection that grows with the events. */
    Map<String, Long> documents() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String name : List.of("events", "rollups", "rollup_parts")) {
            counts.put(
                    name,
                    store.database(RunningService.DATABASE).getCollection(name).countDocuments());
        }
        return counts;
    }

    private MongoCollection<Document> heads() {
        return store.database(RunningService.DATABASE).getCollection("rollups");
    }

    private static void await(String what, Duration longest, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("After " + longest + " it is not so that " + what);
            }
            Thread.sleep(POLL_MILLIS * 5L);
        }
    }

    /** Fails if a service has ended. */
    void mustRun() {
        services.forEach(service -> service.program().mustRun());
    }

    /** Whether {@link #check} must be called now and then, to make room. */
    boolean keepsInMemory() {
        return store.isEmbedded();
    }

    LedgerFigures ledger() throws IOException, InterruptedException {
        return JSON.readValue(service(Service.PROCESSOR).get("/ledger"), LedgerFigures.class);
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    /** Returns how many events were refused. */
    synchronized long refused() {
        return refused;
    }

    /** Waits until everything that Redis accepted is settled. The load must have ended. */
    void awaitSettled() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        for (LedgerFigures now = ledger(); now.settled() < now.accepted(); now = ledger()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("After " + LONGEST + ": " + now);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /**
     * Checks that all acknowledged events are settled and stored. Other stored events must be of refused requests, whose events
     * may have been accepted all the same. The load must have ended. Afterwards an embedded MongoDB is emptied: it stores events
     * in the benchmark's memory.
     */
    void check() throws IOException, InterruptedException {
        awaitSettled();
        MongoCollection<Document> events =
                store.database(RunningService.DATABASE).getCollection("events");
        LedgerFigures ledger = ledger();
        long stored = removed + events.countDocuments();
        boolean settled = ledger.balanced() && ledger.settled() == ledger.accepted();
        long more = ledger.accepted() - acknowledged();
        if (!settled || stored != ledger.settled() || more < 0 || more > refused()) {
            throw new IllegalStateException(
                    acknowledged() + " acknowledged, " + refused() + " refused, " + stored + " stored, " + ledger);
        }
        if (keepsInMemory()) {
            removed += events.deleteMany(new Document()).getDeletedCount();
        }
    }

    @Override
    public void close() {
        services.forEach(RunningService::close);
        store.database(RunningService.DATABASE).drop();
        redis.empty();
    }
}
