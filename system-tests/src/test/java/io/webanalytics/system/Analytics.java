package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TcpProxy;
import io.webanalytics.testing.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.bson.conversions.Bson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole system: three processes, and lines to Redis and MongoDB that can be cut. Starts empty. */
final class Analytics implements AutoCloseable {

    private static final String QUEUE = "events:{0}";
    private static final String REGISTRY = "registry";

    /** The password of the first owner. */
    static final String PASSWORD = "the first password";

    private static final JsonMapper JSON = new JsonMapper();

    final TcpProxy redisLine = new TcpProxy(TestServers.redis().url());
    final TcpProxy mongoLine = new TcpProxy(TestServers.mongo().url());
    final Service processor;
    final Service ingestion;
    final Service reporting;

    private final String[] settings;
    private final String redisUrl;
    private final String mongoUri;
    private final String database = "system-" + UUID.randomUUID();
    private final MongoClient mongo = MongoClients.create(TestServers.mongo().url());
    private final RedisClient client = RedisClient.create(TestServers.redis().url());
    private final RedisCommands<String, String> redis = client.connect().sync();

    /** @param settings of all three services */
    Analytics(String... settings) {
        clearRedis();
        this.settings = settings;
        redisUrl = "--spring.data.redis.url=" + redisLine.url();
        mongoUri = "--spring.mongodb.uri=" + mongoLine.url(database);
        processor = launchProcessor();
        ingestion = launch("ingestion-service", redisUrl);
        reporting = launch("reporting-service", mongoUri, "--admin-password=" + PASSWORD);
        List.of(processor, ingestion, reporting).forEach(Service::awaitReady);
    }

    /** Starts another processor. The caller awaits it, and closes it. */
    Service launchProcessor() {
        return launch("processor-service", redisUrl, mongoUri, "--processor.lease=3s", "--processor.rollup-quiet=1s");
    }

    /** Starts another service with the settings of all. The caller awaits it, and closes it. */
    Service launch(String name, String... own) {
        return Service.launch(name, Stream.of(settings, own).flatMap(Stream::of).toArray(String[]::new));
    }

    private void clearRedis() {
        List.of(QUEUE + "*", REGISTRY + "*").forEach(keys -> redis.keys(keys).forEach(redis::del));
    }

    /** The registry of sites and keys in Redis: its version and content. */
    Map<String, String> registry() {
        return redis.hgetall(REGISTRY);
    }

    /** Replaces the registry in Redis; by nothing if it is empty. */
    void replaceRegistry(Map<String, String> registry) {
        redis.del(REGISTRY);
        if (!registry.isEmpty()) {
            redis.hset(REGISTRY, registry);
        }
    }

    /** Returns a reporting service that reads all events and no rollups. The caller closes it. */
    Service reportingWithoutRollups() {
        Service service = Service.launch("reporting-service", mongoUri, "--reporting.rollups=false");
        service.awaitReady();
        return service;
    }

    private static JsonNode stats(Service reporting, String site, String date) {
        return JSON.readTree(Http.get(reporting.url("/stats?site_id=" + site + "&date=" + date))
                .body());
    }

    /** Whether reports on every day of this site's real traffic are answered from rollups alone. */
    boolean isRolledUp(String site) {
        return AccessLog.expectedStats(site).stream()
                .map(expected -> stats(reporting, site, expected.get("date").asString() + "&meta=true"))
                .allMatch(stats -> stats.get("meta").get("sources").get("raw").isEmpty());
    }

    /** Has the processor rebuild the rollups of this site's real traffic. */
    void rebuild(String site) {
        rollups("rebuild", site);
    }

    /** Has the processor compare the rollups of this site's real traffic with their events. */
    JsonNode verify(String site) {
        String id = rollups("verify", site).get("id").asString();
        return await("the comparison")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> JSON.readTree(
                                Http.get(processor.url("/rollups/verify/" + id)).body()),
                        report -> report.get("state").asString().equals("done"));
    }

    private JsonNode rollups(String what, String site) {
        List<JsonNode> days = AccessLog.expectedStats(site);
        String from = days.get(0).get("date").asString();
        String to = days.get(days.size() - 1).get("date").asString();
        String question = "/rollups/" + what + "?site_id=" + site + "&from=" + from + "&to=" + to;
        return JSON.readTree(Http.postJson(processor.url(question), "").body());
    }

    /** Waits until everything accepted is settled and the statistics of this site's real traffic are exact. */
    void awaitExactStats(String site) {
        awaitExactStats(site, reporting);
    }

    /** The same, of another reporting service. */
    void awaitExactStats(String site, Service reporting) {
        await("everything settled")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(figure("settled")).isEqualTo(figure("accepted")));
        for (JsonNode expected : AccessLog.expectedStats(site)) {
            // The first question after an outage of MongoDB may be refused.
            await("exact statistics")
                    .untilAsserted(() -> assertThat(
                                    stats(reporting, site, expected.get("date").asString()))
                            .isEqualTo(expected));
        }
        assertThat(mongo.getDatabase(database).getCollection("events").countDocuments(Filters.eq("site_id", site)))
                .isEqualTo(10_000);
        assertThat(redis.llen(QUEUE)).isZero();
        assertThat(redis.exists(QUEUE + ":dead")).isZero();
        assertThat(redis.keys(QUEUE + ":inflight*")).isEmpty();
    }

    /** A figure of the ledger. */
    long figure(String name) {
        Map<String, String> ledger = redis.hgetall(QUEUE + ":ledger");
        ToLongFunction<String> read = field -> Long.parseLong(ledger.getOrDefault(field, "0"));
        return read.applyAsLong(name);
    }

    /** How many events are dead letters. */
    long dead() {
        return redis.xlen(QUEUE + ":dead");
    }

    /** Pushes elements that are not events into the queue. */
    void acceptNoEvents(int elements) {
        for (int i = 0; i < elements; i++) {
            redis.eval(
                    "redis.call('LPUSH', KEYS[1], ARGV[1]) redis.call('HINCRBY', KEYS[2], 'accepted', 1)",
                    ScriptOutputType.STATUS,
                    new String[] {QUEUE, QUEUE + ":ledger"},
                    "no event " + i);
        }
    }

    /** Counts the heads of rollups that match a filter. */
    long rollups(Bson filter) {
        return mongo.getDatabase(database).getCollection("rollups").countDocuments(filter);
    }

    /** How many events are stored, of all sites. */
    long stored() {
        return mongo.getDatabase(database).getCollection("events").countDocuments();
    }

    @Override
    public void close() {
        ingestion.close();
        reporting.close();
        processor.close();
        redisLine.close();
        mongoLine.close();
        mongo.getDatabase(database).drop();
        mongo.close();
        clearRedis();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
