package io.webanalytics.processor.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.processor.ProcessorApplication;
import io.webanalytics.queue.Partitions;
import io.webanalytics.testing.ApiDescription;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TestServers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators see and do, over a queue of three partitions. What is not an event becomes a dead letter, at will. */
class AdminTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> TAGS = Partitions.tags(3);

    private static EmbeddedRedis server;
    private static RedisClient client;
    private static RedisCommands<String, String> redis;
    private static ConfigurableApplicationContext processor;

    @BeforeAll
    static void start() {
        server = EmbeddedRedis.start(null);
        client = RedisClient.create(server.url());
        redis = client.connect().sync();
        processor = ProcessorApplication.application()
                .run(
                        "--server.port=0",
                        "--queue.partitions=3",
                        "--spring.data.redis.url=" + server.url(),
                        "--spring.mongodb.uri=" + TestServers.mongo().url("admin-" + UUID.randomUUID()));
    }

    @AfterAll
    static void stop() {
        processor.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        server.close();
    }

    @AfterEach
    void discardAll() {
        delete("/dead-letters");
    }

    @Test
    void apiIsDescribedWithoutGaps() {
        assertThat(ApiDescription.gapsOf(get("/openapi.json"))).isEmpty();
    }

    @Test
    void letterTellsReasonErrorAttemptsTimesAndTheOriginalBytes() {
        push(TAGS.get(0), "{\"v\":1,\"received_at\":1762975805123}");
        awaitDead(1);

        JsonNode letter = get("/dead-letters").get("letters").get(0);
        assertThat(letter.get("id").asString()).startsWith(TAGS.get(0) + ".");
        assertThat(letter.get("reason").asString()).isEqualTo("invalid_element");
        assertThat(letter.get("error").asString()).contains("site_id is required");
        assertThat(letter.get("attempts").asInt()).isZero();
        assertThat(letter.get("first_seen").asString()).isEqualTo("2025-11-12T19:30:05.123Z");
        assertThat(Instant.parse(letter.get("buried_at").asString()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(letter.get("element").asString()).isEqualTo("{\"v\":1,\"received_at\":1762975805123}");
        assertThat(letter.get("element_base64").asString())
                .isEqualTo("eyJ2IjoxLCJyZWNlaXZlZF9hdCI6MTc2Mjk3NTgwNTEyM30=");
    }

    @Test
    void pagesRunThroughAllPartitionsAndEnd() {
        for (String tag : TAGS) {
            push(tag, "a");
            push(tag, "b");
        }
        awaitDead(6);

        List<String> seen = new ArrayList<>();
        String after = "";
        for (int page = 0; page < 2; page++) {
            JsonNode answer = get("/dead-letters?limit=4" + after);
            assertThat(answer.get("total").asInt()).isEqualTo(6);
            answer.get("letters")
                    .values()
                    .forEach(letter -> seen.add(letter.get("id").asString()));
            after = "&after=" + answer.get("next").asString("");
        }
        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
        assertThat(after).as("the last page").isEqualTo("&after=");
    }

    @Test
    void replayedLetterGoesThroughTheProcessorOnceMore() {
        push(TAGS.get(1), "garbage");
        awaitDead(1);
        String first = get("/dead-letters").get("letters").get(0).get("id").asString();

        assertThat(JSON.readTree(post("/dead-letters/" + first + "/replay").body())
                        .get("replayed")
                        .asInt())
                .isEqualTo(1);
        awaitDead(1);
        String second = get("/dead-letters").get("letters").get(0).get("id").asString();
        assertThat(second).isNotEqualTo(first);
        assertThat(post("/dead-letters/" + first + "/replay").statusCode()).isEqualTo(404);
    }

    @Test
    void replayOfAllReturnsThoughEveryLetterComesBack() {
        for (int i = 0; i < 250; i++) {
            push(TAGS.get(2), "garbage " + i);
        }
        awaitDead(250);

        assertThat(JSON.readTree(post("/dead-letters/replay").body())
                        .get("replayed")
                        .asInt())
                .isEqualTo(250);
        awaitDead(250);
        assertBalanced();
    }

    @Test
    void discardedLetterIsCountedInTheLedger() {
        long before = get("/ledger").get("discarded").asLong();
        push(TAGS.get(0), "a");
        push(TAGS.get(1), "b");
        awaitDead(2);
        String id = get("/dead-letters").get("letters").get(0).get("id").asString();

        assertThat(delete("/dead-letters/" + id).statusCode()).isEqualTo(200);
        assertThat(delete("/dead-letters/" + id).statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(delete("/dead-letters").body())
                        .get("discarded")
                        .asInt())
                .isEqualTo(1);
        assertThat(get("/ledger").get("discarded").asLong() - before).isEqualTo(2);
        assertBalanced();
    }

    @Test
    void ledgerIsTheSumOfThePartitionsAndAMetric() {
        push(TAGS.get(0), "a");
        awaitDead(1);
        JsonNode ledger = get("/ledger");

        assertThat(ledger.get("partitions").size()).isEqualTo(3);
        assertThat(ledger.get("partitions").get(0).get("dead").asInt()).isEqualTo(1);
        assertThat(ledger.get("oldest_queued_age_ms").isNull()).isTrue();
        await().untilAsserted(() -> assertThat(
                        Http.get(url("/actuator/prometheus")).body())
                .contains("ledger_events{application=\"processor-service\",figure=\"dead\",partition=\"" + TAGS.get(0)
                        + "\"} 1.0")
                .contains("ledger_balanced{application=\"processor-service\",partition=\"" + TAGS.get(0) + "\"} 1.0"));
    }

    @Test
    void unbalancedLedgerSaysSo() {
        redis.hincrby("events:{" + TAGS.get(0) + "}:ledger", "accepted", 1);
        redis.hincrby("events:{" + TAGS.get(1) + "}:ledger", "accepted", -1);

        assertThat(get("/ledger").get("balanced").asBoolean()).isFalse();
        redis.hincrby("events:{" + TAGS.get(0) + "}:ledger", "accepted", -1);
        redis.hincrby("events:{" + TAGS.get(1) + "}:ledger", "accepted", 1);
        assertBalanced();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "limit=", "after=nonsense", "after=0.1", "after=99.1-1"})
    void wrongParameterIsNamed(String query) {
        HttpResponse<String> response = Http.get(url("/dead-letters?" + query));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body())
                        .get("errors")
                        .get(0)
                        .get("field")
                        .asString())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void idThatIsNoneIsA400() {
        assertThat(post("/dead-letters/nonsense/replay").statusCode()).isEqualTo(400);
        assertThat(delete("/dead-letters/0.1-").statusCode()).isEqualTo(400);
        assertThat(delete("/dead-letters/99.1-1").statusCode()).isEqualTo(404);
    }

    @Test
    void formThatNobodyTakesIsNotRead() {
        HttpRequest.Builder broken = HttpRequest.newBuilder(URI.create(url("/dead-letters/" + TAGS.get(0) + ".1-1")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method("DELETE", HttpRequest.BodyPublishers.ofString("%zz"));

        assertThat(Http.send(broken).statusCode()).isEqualTo(404);
    }

    private static void push(String tag, String element) {
        redis.eval(
                "redis.call('LPUSH', KEYS[1], ARGV[1]) redis.call('HINCRBY', KEYS[2], 'accepted', 1)",
                io.lettuce.core.ScriptOutputType.STATUS,
                new String[] {"events:{" + tag + "}", "events:{" + tag + "}:ledger"},
                element);
    }

    private static void awaitDead(int letters) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(get("/ledger").get("dead").asInt()).isEqualTo(letters));
    }

    private static void assertBalanced() {
        assertThat(get("/ledger").get("balanced").asBoolean()).isTrue();
    }

    private static JsonNode get(String path) {
        return JSON.readTree(Http.get(url(path)).body());
    }

    private static HttpResponse<String> post(String path) {
        return Http.postJson(url(path), "");
    }

    private static HttpResponse<String> delete(String path) {
        return Http.send(HttpRequest.newBuilder(URI.create(url(path))).DELETE());
    }

    private static String url(String path) {
        int port = ((WebServerApplicationContext) processor).getWebServer().getPort();
        return "http://localhost:" + port + path;
    }
}
