package io.webanalytics.processor.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.processor.ProcessorApplication;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TcpProxy;
import io.webanalytics.testing.TestServers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The comparison of rollups with their events is a job, which can be asked for, and ended. */
class VerificationTests {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DAYS = "&from=2025-11-11&to=2025-11-12";
    private static final Instant NOON = Instant.parse("2025-11-11T12:00:00Z");
    private static final int PATHS = 1_200;

    private static final EmbeddedRedis REDIS = EmbeddedRedis.start(null);
    private static final TcpProxy LINE = new TcpProxy(TestServers.mongo().url());
    private static final MongoClient CLIENT =
            MongoClients.create(TestServers.mongo().url());
    private static final MongoDatabase DATABASE = CLIENT.getDatabase("verification-" + UUID.randomUUID());

    private static ConfigurableApplicationContext processor;

    @BeforeAll
    static void rollUpTwoSites() {
        store("right", NOON, 1);
        store("wrong", NOON, 1);
        store("wrong", NOON.plus(Duration.ofDays(1)), 1);
        processor = start();
        List.of("right", "wrong").forEach(site -> post("/rollups/rebuild?site_id=" + site + DAYS));
        await().atMost(SOON)
                .until(() -> DATABASE.getCollection("rollups").countDocuments(Filters.exists("build")) == 6);
        store("wrong", NOON, PATHS); // without a mark of its hour
    }

    @AfterAll
    static void stop() {
        processor.close();
        LINE.close();
        DATABASE.drop();
        CLIENT.close();
        REDIS.close();
    }

    @Test
    void itsLocationTellsWhatItFound() {
        HttpResponse<String> begun = begin("right");
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(state(JSON.readTree(begun.body()))).isEqualTo("running");

        JsonNode done = awaitState(begun, "done");
        assertThat(done.get("checked").asInt()).as("an hour and its day").isEqualTo(2);
        assertThat(done.get("differing").asInt()).isZero();
        assertThat(done.get("through").asString()).isEqualTo("2025-11-12");
        assertThat(Instant.parse(done.get("ended_at").asString()))
                .isAfterOrEqualTo(Instant.parse(done.get("begun_at").asString()));
    }

    @Test
    void allDifferencesAreCountedAndAThousandOfThemKept() {
        JsonNode done = awaitState(begin("wrong"), "done");

        assertThat(done.get("differing").asInt())
                .as("in the hour and in its day")
                .isGreaterThan(2 * PATHS);
        assertThat(done.get("differences").size()).isEqualTo(1_000);
        assertThat(Http.get(url("/actuator/prometheus")).body())
                .containsPattern("rollup_differences_total\\{[^}]*} [1-9]");
    }

    @Test
    void oneRunsAtATimeAndCanBeEnded() {
        HttpResponse<String> first = begin("wrong");
        HttpResponse<String> second = post("/rollups/verify?site_id=right" + DAYS);
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(second.body()).get("detail").asString()).contains(location(first));

        HttpResponse<String> ended = Http.send(
                HttpRequest.newBuilder(URI.create(url(location(first)))).DELETE());
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(state(JSON.readTree(ended.body()))).isEqualTo("ended");
        awaitState(begin("right"), "done");
        assertThat(state(get(location(first)))).as("it is remembered").isEqualTo("ended");
    }

    @Test
    void elevenAreNotRemembered() {
        String first = location(begin("right"));
        for (int i = 0; i < 10; i++) {
            assertThat(Http.get(url(first)).statusCode()).isEqualTo(200);
            begin("right");
        }
        assertThat(Http.get(url(first)).statusCode()).isEqualTo(404);
    }

    @Test
    void itSaysWhyItFailed() {
        LINE.cut();
        try {
            JsonNode failed = awaitState(begin("right"), "failed");
            assertThat(failed.get("error").asString()).isNotBlank();
            assertThat(failed.get("through").isNull()).isTrue();
        } finally {
            LINE.restore();
        }
    }

    @Test
    void stopOfTheProcessEndsIt() {
        ConfigurableApplicationContext other = start();
        HttpResponse<String> begun = Http.postJson(url(other, "/rollups/verify?site_id=wrong" + DAYS), "");
        assertThat(begun.statusCode()).isEqualTo(202);
        Verification verification = other.getBean(Verifications.class)
                .find(JSON.readTree(begun.body()).get("id").asString());
        other.close();

        assertThat(state(JSON.valueToTree(verification.report()))).isEqualTo("ended");
        await().until(() -> !verification.isAtWork());
    }

    private static ConfigurableApplicationContext start() {
        return ProcessorApplication.application()
                .run(
                        "--server.port=0",
                        "--spring.data.redis.url=" + REDIS.url(),
                        "--spring.mongodb.uri=" + LINE.url(DATABASE.getName()),
                        "--processor.rollup-quiet=1s");
    }

    private static void store(String site, Instant time, int paths) {
        DATABASE.getCollection("events")
                .insertMany(IntStream.range(0, paths)
                        .mapToObj(path -> new Document("site_id", site)
                                .append("event_type", "page_view")
                                .append("path", "/" + path)
                                .append("user_id", "u")
                                .append("timestamp", Date.from(time)))
                        .toList());
    }

    /** Begins one, once none is at work. */
    private static HttpResponse<String> begin(String site) {
        return await().atMost(SOON)
                .until(() -> post("/rollups/verify?site_id=" + site + DAYS), begun -> begun.statusCode() != 409);
    }

    private static JsonNode awaitState(HttpResponse<String> begun, String state) {
        return await().atMost(SOON)
                .until(() -> get(location(begun)), report -> state(report).equals(state));
    }

    private static String location(HttpResponse<String> begun) {
        return begun.headers().firstValue("Location").orElseThrow();
    }

    private static String state(JsonNode report) {
        return report.get("state").asString();
    }

    private static JsonNode get(String path) {
        return JSON.readTree(Http.get(url(path)).body());
    }

    private static HttpResponse<String> post(String path) {
        return Http.postJson(url(path), "");
    }

    private static String url(String path) {
        return url(processor, path);
    }

    private static String url(ConfigurableApplicationContext context, String path) {
        return "http://localhost:"
                + ((WebServerApplicationContext) context).getWebServer().getPort() + path;
    }
}
