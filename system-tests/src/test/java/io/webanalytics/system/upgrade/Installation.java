package io.webanalytics.system.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.system.Service;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TcpProxy;
import io.webanalytics.testing.TestServers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An empty queue, an empty database, and services of the release that {@code project.root} names. */
final class Installation implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    final TcpProxy mongoLine = new TcpProxy(TestServers.mongo().url());
    final RedisCommands<String, String> redis;
    final MongoDatabase database;

    private final RedisClient redisClient =
            RedisClient.create(TestServers.redis().url());
    private final MongoClient mongoClient =
            MongoClients.create(TestServers.mongo().url());

    Installation() {
        redis = redisClient.connect().sync();
        QueueDump.clear(redis);
        database = mongoClient.getDatabase("upgrade-" + UUID.randomUUID());
    }

    Service ingestion() {
        return Service.launch("ingestion-service", redisUrl());
    }

    /** @param settings beyond those that it has for every test */
    Service processor(String... settings) {
        List<String> all = new ArrayList<>(List.of(redisUrl(), mongoUri(), "--processor.lease=3s"));
        all.addAll(List.of(settings));
        return Service.launch("processor-service", all.toArray(String[]::new));
    }

    Service reporting() {
        return Service.launch("reporting-service", mongoUri(), "--reporting.exact-users-limit=5000");
    }

    private static String redisUrl() {
        return "--spring.data.redis.url=" + TestServers.redis().url();
    }

    private String mongoUri() {
        return "--spring.mongodb.uri=" + mongoLine.url(database.getName());
    }

    /** Sends events together; all of them are taken. */
    static void send(Service ingestion, List<String> events) {
        for (int from = 0; from < events.size(); from += 1_000) {
            List<String> some = events.subList(from, Math.min(from + 1_000, events.size()));
            String answer = Http.postJson(ingestion.url("/events"), "[" + String.join(",", some) + "]")
                    .body();
            assertThat(JSON.readTree(answer).path("received").asInt())
                    .as(answer)
                    .isEqualTo(some.size());
        }
    }

    static JsonNode get(Service service, String path) {
        return JSON.readTree(Http.get(service.url(path)).body());
    }

    static JsonNode post(Service service, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(service.url(path))).POST(HttpRequest.BodyPublishers.noBody());
        return JSON.readTree(Http.send(request).body());
    }

    /** Waits until nothing is queued or in flight. */
    static void awaitStored(Service processor) {
        await(() -> {
            JsonNode ledger = get(processor, "/ledger");
            return ledger.get("queued").asLong() == 0 && ledger.get("in_flight").asLong() == 0;
        });
    }

    /** Waits until reports on all days of the history are made from rollups of days. */
    static void awaitRolledUp(Service reporting) {
        String days = "&meta=true&from=" + History.DAYS.get(0) + "&to=" + History.DAYS.get(2);
        await(() -> History.SITES.stream()
                .map(site -> get(reporting, "/stats?site_id=" + site + days))
                .allMatch(stats -> stats.at("/meta/sources/rollup_days").asInt() == History.DAYS.size()));
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    @Override
    public void close() {
        mongoLine.close();
        database.drop();
        mongoClient.close();
        QueueDump.clear(redis);
        redisClient.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
