package io.webanalytics.ingestion.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.ingestion.Events;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.testing.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** {@code POST /events}. The forms of a batch and the verdicts on its events are tested with the parser. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=service-defaults,ingestion-service,application", "ingestion.queue-limit=2000"
        })
class EventBatchControllerTests {

    private static final String QUEUE = "events:{0}";
    private static final String EVENT = Events.SEED.replace("\n", "");
    private static final EmbeddedRedis SERVER = EmbeddedRedis.start(null);
    private static final RedisClient CLIENT = RedisClient.create(SERVER.url());
    private static final RedisCommands<String, String> REDIS = CLIENT.connect().sync();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.data.redis.url", SERVER::url);
    }

    @AfterAll
    static void stop() {
        CLIENT.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        SERVER.close();
    }

    @BeforeEach
    void emptyQueue() {
        REDIS.flushall();
    }

    @Test
    void validEventsOfAnArrayAreQueuedTogetherAndTheOthersNamed() {
        HttpResponse<String> response = post("[" + EVENT + ",{\"path\":\"x\"}," + EVENT + "]", "application/json");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body())
                .startsWith("{\"received\":2,\"rejected\":1,\"errors\":[{\"index\":1,\"errors\":[")
                .contains("{\"field\":\"path\",\"reason\":\"must start with /\"}");
        assertThat(REDIS.llen(QUEUE)).isEqualTo(2);
        assertThat(REDIS.hget(QUEUE + ":ledger", "accepted")).isEqualTo("2");
        QueuedEvent queued = QueuedEventFormat.decode(REDIS.lindex(QUEUE, 0).getBytes(StandardCharsets.UTF_8));
        assertThat(queued.event().path()).isEqualTo("/pricing");
    }

    @Test
    void linesAreQueuedTogetherToo() {
        HttpResponse<String> response = post(EVENT + "\ngarbage\n" + EVENT + "\n", "application/x-ndjson");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).startsWith("{\"received\":2,\"rejected\":1,\"errors\":[{\"index\":1,");
        assertThat(REDIS.llen(QUEUE)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/ndjson",
                "application/jsonl",
                "application/json-lines",
                "application/stream+json; charset=utf-8"
            })
    void linesHaveManyNames(String contentType) {
        assertThat(post(EVENT + "\n" + EVENT, contentType).body()).startsWith("{\"received\":2,\"rejected\":0,");
    }

    @Test
    void batchMayBeCompressedInSeveralMembers() {
        byte[] one = Events.gzip(EVENT + "\n");
        byte[] two = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, two, one.length, one.length);

        assertThat(postGzip(two).body()).startsWith("{\"received\":2,\"rejected\":0,");
        assertThat(postGzip(Events.gzip((EVENT + "\n").repeat(1_000))).body()).startsWith("{\"received\":1000,");
        assertRefused(postGzip(Events.gzip(" ".repeat((1 << 20) + 1))), 413, "must be at most 1048576 bytes");
        assertRefused(postGzip(Arrays.copyOf(two, two.length - 1)), 400, "must be whole and unbroken gzip, as it says");
    }

    private HttpResponse<String> postGzip(byte[] body) {
        return Http.send(HttpRequest.newBuilder(uri("/events"))
                .header("Content-Type", "application/x-ndjson")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    @Test
    void whereNothingIsValidNothingIsQueued() {
        assertThat(post("[]", "application/json").body()).isEqualTo("{\"received\":0,\"rejected\":0,\"errors\":[]}");
        assertThat(post("[7]", "application/json").body()).startsWith("{\"received\":0,\"rejected\":1,");
        assertThat(REDIS.exists(QUEUE)).isZero();
    }

    @Test
    void eachRejectedEventIsCounted() {
        double rejected = rejected("invalid_event");
        double unreadable = rejected("invalid_json");
        post("[{},{}," + EVENT + ",{}]", "application/json");
        post("garbage\n" + EVENT, "application/x-ndjson");

        assertThat(rejected("invalid_event")).isEqualTo(rejected + 3);
        assertThat(rejected("invalid_json")).isEqualTo(unreadable + 1);
    }

    @Test
    void eachAttributeThatIsCutIsCounted() {
        double cut = metric("events_cut_total{application=\"ingestion-service\",field=\"session_id\"} ");
        String event = EVENT.replace("{", "{\"session_id\": \"" + "a".repeat(129) + "\",");
        post("[" + event + "," + EVENT + "," + event + "]", "application/json");

        assertThat(metric("events_cut_total{application=\"ingestion-service\",field=\"session_id\"} "))
                .isEqualTo(cut + 2);
    }

    @Test
    void wholeBatchIsRefusedWhereTheQueueHasNoRoomForIt() {
        double rejected = rejected("queue_full");
        assertThat(post(events(1_000), "application/json").statusCode()).isEqualTo(202);
        assertThat(post(events(999), "application/json").statusCode()).isEqualTo(202);

        HttpResponse<String> refused = post(events(2), "application/json");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"reason\":\"queue_full\"");
        assertThat(REDIS.llen(QUEUE)).isEqualTo(1_999);
        assertThat(rejected("queue_full")).isEqualTo(rejected + 2);
        assertThat(post(events(1), "application/json").statusCode()).isEqualTo(202);
    }

    @Test
    void whatIsNoBatchIsRefusedWholeAndSaysWhy() {
        assertRefused(post("{}", "application/json"), 400, "must be a JSON array");
        assertRefused(post(events(1_001), "application/json"), 413, "must hold at most 1000 events");
        assertRefused(post(" ".repeat((1 << 20) + 1), "application/x-ndjson"), 413, "must be at most 1048576 bytes");
        assertRefused(
                post(EVENT, "text/plain"),
                415,
                "must be sent as Content-Type: application/json or application/x-ndjson in UTF-8");
        assertThat(REDIS.exists(QUEUE)).isZero();
    }

    private static void assertRefused(HttpResponse<String> response, int status, String rule) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("{\"field\":\"body\",\"reason\":\"" + rule + "\"}");
    }

    private static String events(int count) {
        return "[" + String.join(",", Collections.nCopies(count, EVENT)) + "]";
    }

    private double rejected(String reason) {
        return metric("events_rejected_total{application=\"ingestion-service\",reason=\"" + reason + "\"} ");
    }

    private double metric(String name) {
        return Http.get(uri("/actuator/prometheus").toString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    private HttpResponse<String> post(String body, String contentType) {
        return Http.send(HttpRequest.newBuilder(uri("/events"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
