package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TcpProxy;
import io.webanalytics.testing.TestServers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        properties = "spring.config.name=service-defaults,reporting-service,application")
class ReportControllerTests {

    private static final String DATABASE = "stats-" + UUID.randomUUID();
    private static final TcpProxy LINE = new TcpProxy(TestServers.mongo().url());
    private static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.mongodb.uri", () -> LINE.url(DATABASE));
    }

    @BeforeAll
    static void storeAnEvent() {
        try (MongoClient client = MongoClients.create(TestServers.mongo().url())) {
            client.getDatabase(DATABASE)
                    .getCollection("events")
                    .insertOne(new Document("site_id", "site-abc-123")
                            .append("event_type", "page_view")
                            .append("path", "/pricing")
                            .append("user_id", "user-xyz-789")
                            .append("timestamp", Date.from(Instant.parse("2025-11-12T19:30:01Z"))));
        }
    }

    @AfterAll
    static void dropDatabase() {
        try (MongoClient client = MongoClients.create(TestServers.mongo().url())) {
            client.getDatabase(DATABASE).drop();
        }
        LINE.close();
    }

    @Test
    void answerHasTheShapeOfTheContract() {
        HttpResponse<String> response = get("/stats?site_id=site-abc-123&date=2025-11-12");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body())
                .isEqualTo("{\"site_id\":\"site-abc-123\",\"date\":\"2025-11-12\",\"total_views\":1,"
                        + "\"unique_users\":1,\"top_paths\":[{\"path\":\"/pricing\",\"views\":1}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "'', site_id",
        "site_id=, site_id",
        "site_id=a%20b, site_id",
        "site_id=a&site_id=b, site_id",
        "date=, date",
        "date=2025-11-31, date",
        "date=2025-02-29, date",
        "date=12.11.2025, date",
        "date=2025-W46-3, date",
        "date=%2B20251-1-1, date",
        "date=2025-11-12&date=2025-11-13, date",
        "timezone=, timezone",
        "timezone=Europe/Atlantis, timezone",
        "timezone=%2B05:30, timezone",
        "event_type=, event_type",
        "event_type=a%20b, event_type",
        "limit=, limit",
        "limit=0, limit",
        "limit=1001, limit",
        "limit=-1, limit",
        "limit=1.5, limit",
        "limit=ten, limit",
        "limit=99999999999999999999, limit",
        "Path=/pricing, Path",
        "minutes=3, minutes",
    })
    void wrongParameterIsNamedWithItsRule(String wrong, String field) {
        String query = (field.equals("site_id") ? "" : "site_id=s&")
                + (field.equals("date") ? "" : "date=2025-11-12&")
                + wrong;
        HttpResponse<String> response = get("/stats?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode errors = JSON.readTree(response.body()).get("errors");
        assertThat(errors.findValuesAsString("field")).containsExactly(field);
        assertThat(errors.findValuesAsString("reason")).noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @ValueSource(strings = {"site_id=%C3%28", "site_id=s&date=%FF"})
    void unreadableQueryIsAProblemToo(String query) {
        HttpResponse<String> response = get("/stats?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void everyWrongParameterIsNamed() {
        JsonNode problem = JSON.readTree(get("/stats?limit=x&timezone=x").body());

        assertThat(problem.get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("site_id", "date", "timezone", "limit");
    }

    @Test
    void mongoAwayIsA503AndItsReturnIsEnough() {
        LINE.cut();
        try {
            HttpResponse<String> response = get("/stats?site_id=s&date=2025-11-12");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        } finally {
            LINE.restore();
        }
        await().until(() -> get("/stats?site_id=s&date=2025-11-12").statusCode() == 200);
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path) {
        return Http.get("http://localhost:" + port + path);
    }
}
