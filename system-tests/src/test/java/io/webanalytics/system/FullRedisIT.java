package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TcpProxy;
import io.webanalytics.testing.TestServers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Redis of 64 MB is filled until it refuses, and drains to empty: the counts agree. */
class FullRedisIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int REFUSALS = 200;

    /** As large as a path may be: 8 KiB in UTF-8, so that few events fill Redis. */
    private static final String PATH = "/" + "😀".repeat(2_047);

    /** Refused requests whose events may be in Redis all the same. */
    private final AtomicInteger slow = new AtomicInteger();

    private final String database = "full-" + UUID.randomUUID();
    private final EmbeddedRedis server = EmbeddedRedis.start(null, "--maxmemory 64mb");
    private final RedisClient client = RedisClient.create(server.url());
    private final RedisCommands<String, String> redis = client.connect().sync();
    private final TcpProxy mongoLine = new TcpProxy(TestServers.mongo().url());
    private final MongoClient mongo = MongoClients.create(TestServers.mongo().url());
    private final Service ingestion = Service.launch("ingestion-service", "--spring.data.redis.url=" + server.url());
    private final Service processor = Service.launch(
            "processor-service",
            "--spring.data.redis.url=" + server.url(),
            "--spring.mongodb.uri=" + mongoLine.url(database));

    @AfterEach
    void stop() {
        ingestion.close();
        processor.close();
        mongoLine.close();
        mongo.getDatabase(database).drop();
        mongo.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        server.close();
    }

    @Test
    void fullRedisRefusesAndStillDrainsToEmpty() {
        ingestion.awaitReady();
        processor.awaitReady();
        mongoLine.cut();
        long acknowledged = fill();
        assertThat(acknowledged).isGreaterThan(5_000);
        redis.configSet("maxmemory", "32mb"); // now more is used than is allowed
        assertThat(post(0)).isEqualTo(503);

        mongoLine.restore();
        await().atMost(Duration.ofSeconds(90)).until(() -> ledger("queued") + ledger("in_flight") == 0);
        assertThat(ledger("accepted")).isBetween(acknowledged, acknowledged + slow.get());
        assertThat(ledger("settled")).isEqualTo(ledger("accepted"));
        assertThat(mongo.getDatabase(database).getCollection("events").countDocuments())
                .isEqualTo(ledger("accepted"));
        assertThat(redis.keys("events:{0}*"))
                .as("what is left in Redis")
                .isSubsetOf("events:{0}:ledger", "events:{0}:bell");
        assertThat(post(0)).isEqualTo(202);
    }

    /** Sends until Redis has refused many times. Returns how many events were acknowledged. */
    private long fill() {
        long acknowledged = 0;
        for (int refused = 0, number = 1; refused < REFUSALS; number += 64) {
            int[] statuses = IntStream.range(number, number + 64)
                    .parallel()
                    .map(this::post)
                    .toArray();
            assertThat(IntStream.of(statuses).boxed()).isSubsetOf(202, 503);
            acknowledged +=
                    IntStream.of(statuses).filter(status -> status == 202).count();
            refused +=
                    (int) IntStream.of(statuses).filter(status -> status == 503).count();
        }
        return acknowledged;
    }

    private int post(int number) {
        HttpResponse<String> response = Http.postJson(ingestion.url("/event"), """
                        {"site_id":"full","event_type":"page_view","path":"%s","user_id":"u%d",
                         "timestamp":"2025-11-12T19:30:01Z"}""".formatted(PATH, number));
        if (response.body().contains("queue_slow")) {
            slow.incrementAndGet();
        }
        return response.statusCode();
    }

    private long ledger(String figure) {
        JsonNode ledger = JSON.readTree(Http.get(processor.url("/ledger")).body());
        assertThat(ledger.get("balanced").asBoolean()).isTrue();
        return ledger.get(figure).asLong();
    }
}
