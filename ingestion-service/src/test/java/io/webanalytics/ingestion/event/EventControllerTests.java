package io.webanalytics.ingestion.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.ingestion.Events;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.testing.ApiDescription;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TestServers;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=service-defaults,ingestion-service,application")
class EventControllerTests {

    private static final String QUEUE = "events:{0}";
    private static final JsonMapper JSON = new JsonMapper();

    private static RedisClient client;
    private static RedisCommands<String, String> redis;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.data.redis.url", TestServers.redis()::url);
    }

    @BeforeAll
    static void connect() {
        client = RedisClient.create(TestServers.redis().url());
        redis = client.connect().sync();
    }

    @AfterAll
    static void disconnect() {
        redis.keys(QUEUE + "*").forEach(redis::del);
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }

    @BeforeEach
    void emptyQueue() {
        redis.keys(QUEUE + "*").forEach(redis::del);
    }

    @Test
    void apiIsDescribedWithoutGaps() {
        JsonNode api = ApiDescription.read("http://127.0.0.1:" + port);

        assertThat(ApiDescription.gapsOf(api)).isEmpty();
        assertThat(api.at("/components/schemas").propertyNames())
                .containsExactlyInAnyOrder(
                        "BatchReceived", "Event", "FieldError", "Problem", "PropertyValue", "Received", "Rejected");
        assertThat(api.at("/components/schemas/PropertyValue/type")).hasToString("[\"string\",\"number\",\"boolean\"]");
        JsonNode operation = api.at("/paths/~1event/post");
        assertThat(operation.path("responses").propertyNames())
                .containsExactlyInAnyOrder("202", "400", "401", "403", "413", "415", "429", "503");
        assertThat(operation.at("/responses/202/headers").propertyNames()).containsExactly("Event-Id");
        assertThat(operation.at("/responses/429/headers").propertyNames()).containsExactly("Retry-After");
        assertThat(operation.at("/responses/503/headers").propertyNames()).containsExactly("Retry-After");
        assertThat(post(operation
                                .at("/requestBody/content/application~1json/example")
                                .toString())
                        .statusCode())
                .as("the example is an event")
                .isEqualTo(202);
    }

    @Test
    void eventIsQueuedAndAcknowledged() {
        Instant before = Instant.now().minusMillis(1);
        HttpResponse<String> response = post(Events.SEED);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"status\":\"received\"}");
        assertThat(redis.llen(QUEUE)).isEqualTo(1);
        assertThat(redis.hget(QUEUE + ":ledger", "accepted")).isEqualTo("1");
        QueuedEvent queued = QueuedEventFormat.decode(redis.lindex(QUEUE, 0).getBytes(StandardCharsets.UTF_8));
        assertThat(response.headers().firstValue("Event-Id"))
                .hasValue(queued.id().toString());
        assertThat(queued.receivedAt()).isBetween(before, Instant.now());
        assertThat(queued.event().path()).isEqualTo("/pricing");
    }

    @Test
    void retryOfAnEventWithAnEventIdGetsTheSameId() {
        String event = Events.SEED.replaceFirst("\\{", "{\"event_id\": \"order-7\",");

        assertThat(eventId(post(event))).isEqualTo(eventId(post(event)));
        assertThat(eventId(post(Events.SEED))).isNotEqualTo(eventId(post(Events.SEED)));
    }

    @Test
    void invalidEventIsRefusedWithEveryFieldAndRuleAndQueuesNothing() {
        HttpResponse<String> response = post("{\"site_id\": \"a b\", \"path\": \"x\", \"event_type\": 5}");

        JsonNode problem = assertProblem(response, 400, "invalid_event");
        assertThat(problem.get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("site_id", "path", "event_type", "user_id", "timestamp");
        assertThat(problem.get("errors").findValuesAsString("reason")).noneMatch(String::isBlank);
        assertThat(redis.exists(QUEUE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "garbage", "{\"site_id\": \"s\""})
    void malformedJsonIsRefused(String body) {
        assertProblem(post(body), 400, "invalid_json");
    }

    @Test
    void bodyMayBeAsLargeAsItMayAndNoLarger() {
        String start = Events.SEED.replaceFirst("\\{", "{\"unknown\": \"");
        String padded =
                start.replace("\"unknown\": \"", "\"unknown\": \"" + "x".repeat(65_536 - start.length() - 2) + "\",");

        assertThat(padded).hasSize(65_536);
        assertThat(post(padded).statusCode()).isEqualTo(202);
        assertProblem(post(padded + " "), 413, "too_large");
    }

    @Test
    void chunkedBodyIsLimitedToo() {
        byte[] body = new byte[65_537];
        HttpResponse<String> response = Http.send(HttpRequest.newBuilder(uri("/event"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertProblem(response, 413, "too_large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=ISO-8859-1",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "nonsense"
            })
    void otherContentTypesAreRefused(String contentType) {
        HttpResponse<String> response = Http.send(HttpRequest.newBuilder(uri("/event"))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(Events.SEED)));

        assertProblem(response, 415, "unsupported_media_type");
    }

    @Test
    void missingContentTypeIsRefused() {
        assertProblem(
                Http.send(HttpRequest.newBuilder(uri("/event")).POST(BodyPublishers.ofString(Events.SEED))),
                415,
                "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Application/JSON;charset=utf-8",
                "application/json; profile=urn:x:1; charset=utf-8",
                "application/json; charset=\"utf8\"",
                "application/vnd.example+json"
            })
    void contentTypeMayHaveParametersAndOtherNames(String contentType) {
        assertThat(postAs(contentType, "identity", bytes(Events.SEED)).statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "Identity, identity", " , "})
    void encodingMaySayThatThereIsNone(String encoding) {
        assertThat(postAs("application/json", encoding, bytes(Events.SEED)).statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZip", "x-gzip", "identity, gzip"})
    void eventMayBeCompressed(String encoding) {
        assertThat(postAs("application/json", encoding, Events.gzip(Events.SEED))
                        .statusCode())
                .isEqualTo(202);
        assertThat(redis.llen(QUEUE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "br", "zstd", "gzip, gzip", "gzip, br", "gzip;q=1"})
    void otherEncodingsAreRefused(String encoding) {
        assertProblem(postAs("application/json", encoding, Events.gzip(Events.SEED)), 415, "unsupported_media_type");
    }

    @Test
    void compressedBodyIsLimitedByWhatComesOutOfIt() {
        String largest = Events.SEED + " ".repeat(65_536 - Events.SEED.length());

        assertThat(postAs("application/json", "gzip", Events.gzip(largest)).statusCode())
                .isEqualTo(202);
        assertProblem(postAs("application/json", "gzip", Events.gzip(largest + " ")), 413, "too_large");
        assertProblem(postAs("application/json", "gzip", Events.gzip(" ".repeat(100 << 20))), 413, "too_large");
    }

    @Test
    void gzipThatIsBrokenCutOrNoneIsRefusedAndSaysSo() {
        byte[] whole = Events.gzip(Events.SEED);
        byte[] broken = whole.clone();
        broken[20] ^= 1;
        for (byte[] body : List.of(Arrays.copyOf(whole, whole.length - 1), broken, bytes(Events.SEED))) {
            HttpResponse<String> response = postAs("application/json", "gzip", body);

            assertProblem(response, 400, "invalid_json");
            assertThat(response.body()).contains("must be whole and unbroken gzip, as it says");
        }
        assertThat(redis.exists(QUEUE)).isZero();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> postAs(String contentType, String encoding, byte[] body) {
        return Http.send(HttpRequest.newBuilder(uri("/event"))
                .header("Content-Type", contentType)
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    @Test
    void whateverTheSenderAcceptsTheEventIsAcknowledgedInJson() {
        HttpResponse<String> response = postAccepting("text/html");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    /** No response could be written, so the event must not be taken. */
    @Test
    void eventWithAnUnreadableAcceptIsRefusedAndQueuesNothing() {
        HttpResponse<String> response = postAccepting("nonsense///");

        assertProblem(response, 400);
        assertThat(redis.exists(QUEUE)).isZero();
    }

    @Test
    void otherMethodsAndPathsAreProblemsToo() {
        assertProblem(Http.get(uri("/event").toString()), 405);
        for (String nowhere : List.of("/nowhere", "/error", "/actuator/nowhere")) {
            assertProblem(Http.get(uri(nowhere).toString()), 404);
        }
        assertThat(Http.get(uri("/actuator/health/no/where").toString()).statusCode())
                .isEqualTo(404);
    }

    /** Tomcat's own refusals: before Spring sees the request. */
    @Test
    void whatIsNoRequestIsAProblemToo() {
        assertProblem(Http.send(HttpRequest.newBuilder(uri("/event?" + "x".repeat(10_000)))), 400);
        assertProblem(Http.send(HttpRequest.newBuilder(uri("/event")).method("TRACE", BodyPublishers.noBody())), 405);
    }

    @Test
    void metricsCountWhatWasAcceptedAndWhatWasRefused() {
        double accepted = metric("events_accepted_total{application=\"ingestion-service\"}");
        double rejected = metric("events_rejected_total{application=\"ingestion-service\",reason=\"invalid_event\"}");
        post(Events.SEED);
        post("{}");

        assertThat(metric("events_accepted_total{application=\"ingestion-service\"}"))
                .isEqualTo(accepted + 1);
        assertThat(metric("events_rejected_total{application=\"ingestion-service\",reason=\"invalid_event\"}"))
                .isEqualTo(rejected + 1);
    }

    @Test
    void metricsTellHowManyThreadsThereAreForRequestsAndHowManyWait() {
        assertThat(metric("request_threads{application=\"ingestion-service\",state=\"working\"}"))
                .as("this one")
                .isPositive();
        assertThat(Http.get(uri("/actuator/prometheus").toString()).body())
                .contains("# HELP request_threads ", "# HELP requests_waiting ", "state=\"held_up\"");
    }

    @Test
    void metricsCountAcceptedEventsOfWhichAnAttributeWasCut() {
        double referrers = cut("referrer");
        double properties = cut("properties");
        String event =
                Events.SEED.replaceFirst("\\{", "{\"referrer\": \"https://example.com/" + "a".repeat(3_000) + "\",");

        assertThat(post(event).statusCode()).isEqualTo(202);
        assertThat(post(event.replace("/pricing", "")).statusCode()).isEqualTo(400);
        assertThat(cut("referrer")).isEqualTo(referrers + 1);
        assertThat(cut("properties")).isEqualTo(properties);
        assertThat(Http.get(uri("/actuator/prometheus").toString()).body())
                .contains("# HELP events_cut_total Accepted events of which an attribute was cut to what it may have");
    }

    private double cut(String field) {
        return metric("events_cut_total{application=\"ingestion-service\",field=\"" + field + "\"}");
    }

    @Test
    void everyRequestIsTimedByItsPathAndItsStatus() {
        post(Events.SEED);
        post("{}");
        Http.get(uri("/made-up").toString());

        await().untilAsserted(() -> assertThat(
                        Http.get(uri("/actuator/prometheus").toString()).body())
                .contains(
                        timer("POST", "SUCCESS", 202, "/event"),
                        timer("POST", "CLIENT_ERROR", 400, "/event"),
                        timer("GET", "CLIENT_ERROR", 404, "UNKNOWN")));
    }

    private static String timer(String method, String outcome, int status, String path) {
        return String.format(
                "http_server_requests_seconds_count{application=\"ingestion-service\",method=\"%s\",outcome=\"%s\","
                        + "status=\"%d\",uri=\"%s\"}",
                method, outcome, status, path);
    }

    private double metric(String name) {
        return Http.get(uri("/actuator/prometheus").toString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static JsonNode assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotEmpty();
        return problem;
    }

    private static JsonNode assertProblem(HttpResponse<String> response, int status, String reason) {
        JsonNode problem = assertProblem(response, status);
        assertThat(problem.get("reason").asString()).isEqualTo(reason);
        assertThat(problem.get("errors")).isNotEmpty();
        return problem;
    }

    private static UUID eventId(HttpResponse<String> response) {
        return UUID.fromString(response.headers().firstValue("Event-Id").orElseThrow());
    }

    private HttpResponse<String> post(String body) {
        return Http.postJson(uri("/event").toString(), body);
    }

    private HttpResponse<String> postAccepting(String mediaType) {
        return Http.send(HttpRequest.newBuilder(uri("/event"))
                .header("Content-Type", "application/json")
                .header("Accept", mediaType)
                .POST(BodyPublishers.ofString(Events.SEED)));
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
