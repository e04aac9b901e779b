package io.webanalytics.ingestion.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.ingestion.Events;
import io.webanalytics.testing.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Pages of other origins: what a browser lets them send, and read. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=service-defaults,ingestion-service,application",
            "ingestion.allowed-origins=https://*.example.com,https://example.org",
            "ingestion.queue-limit=100"
        })
class PagesTests {

    private static final String PAGE = "https://shop.example.com";
    private static final EmbeddedRedis SERVER = EmbeddedRedis.start(null);

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.data.redis.url", SERVER::url);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /** As for {@code navigator.sendBeacon} with a Blob of JSON. It sends credentials, so {@code *} is not a valid origin. */
    @ParameterizedTest
    @ValueSource(strings = {"/event", "/events"})
    void preflightFromAnAllowedOriginIsAnswered(String path) {
        HttpResponse<String> response = preflight(path, "POST", PAGE);

        assertThat(response.statusCode()).isEqualTo(200);
        assertReadable(response, PAGE);
        assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValue("POST");
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("content-type");
        assertThat(response.headers().firstValue("Access-Control-Max-Age")).hasValue("3600");
    }

    @Test
    void eventFromAnAllowedOriginIsTakenAndItsIdMayBeRead() {
        HttpResponse<String> response = send("POST", "/event", Events.SEED, "https://example.org");

        assertThat(response.statusCode()).isEqualTo(202);
        assertReadable(response, "https://example.org");
        assertThat(response.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValue("Event-Id, Retry-After");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /event, {}, 400",
        "POST, /event, garbage, 400",
        "POST, /events, {}, 400",
        "POST, /event/, {}, 404",
        "POST, /evnt, {}, 404",
        "GET, /event, '', 405",
        "PUT, /events, {}, 405",
        "GET, /openapi.json, '', 200",
    })
    void everyAnswerMayBeRead(String method, String path, String body, int status) {
        HttpResponse<String> response = send(method, path, body, PAGE);

        assertThat(response.statusCode()).isEqualTo(status);
        assertReadable(response, PAGE);
    }

    @Test
    void refusalsOfBodiesMayBeRead() {
        HttpResponse<String> large = send("POST", "/event", " ".repeat(65_537), PAGE);
        HttpResponse<String> text = Http.send(HttpRequest.newBuilder(uri("/event"))
                .header("Origin", PAGE)
                .POST(BodyPublishers.ofString(Events.SEED)));
        HttpResponse<String> unreadable = Http.send(HttpRequest.newBuilder(uri("/event"))
                .header("Origin", PAGE)
                .header("Accept", "nonsense///")
                .POST(BodyPublishers.ofString(Events.SEED)));

        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(text.statusCode()).isEqualTo(415);
        assertThat(unreadable.statusCode()).isEqualTo(400);
        assertReadable(large, PAGE);
        assertReadable(text, PAGE);
        assertReadable(unreadable, PAGE);
    }

    @Test
    void refusalOfTheQueueMayBeReadWithTheTimeToWait() {
        String many = "[" + (Events.SEED + ",").repeat(100) + Events.SEED + "]";
        HttpResponse<String> response = send("POST", "/events", many, PAGE);

        assertThat(response.statusCode()).isEqualTo(503);
        assertReadable(response, PAGE);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void methodThatIsNotAllowedIsToldByItsAnswerAndNotByThePreflight() {
        assertReadable(preflight("/event", "DELETE", PAGE), PAGE);
        HttpResponse<String> response = send("DELETE", "/event", "", PAGE);
        assertThat(response.statusCode()).isEqualTo(405);
        assertReadable(response, PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.net",
                "https://example.com.elsewhere.net",
                "null",
                "nonsense",
                "http://[",
                "://"
            })
    void otherOriginsAreRefused(String origin) {
        RedisClient client = RedisClient.create(SERVER.url());
        try {
            long before = client.connect().sync().llen("events:{0}");
            assertThat(send("POST", "/event", Events.SEED, origin).statusCode()).isEqualTo(403);
            assertThat(preflight("/event", "POST", origin).statusCode()).isEqualTo(403);
            assertThat(client.connect().sync().llen("events:{0}")).isEqualTo(before);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/prometheus",
                "/actuator/health",
                "//actuator/health",
                "/%61ctuator/health",
                "/event/../actuator/health"
            })
    void whatIsForOperatorsMayNotBeRead(String path) {
        HttpResponse<String> response = send("GET", path, "", PAGE);

        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private static void assertReadable(HttpResponse<String> response, String page) {
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(page);
        assertThat(response.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
        assertThat(response.headers().allValues("Vary")).contains("Origin");
    }

    private HttpResponse<String> send(String method, String path, String body, String origin) {
        return Http.send(HttpRequest.newBuilder(uri(path))
                .header("Origin", origin)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> preflight(String path, String method, String origin) {
        return Http.send(HttpRequest.newBuilder(uri(path))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "content-type"));
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
