package io.webanalytics.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.testing.Http;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A queue that is full, and one that has several partitions. */
class QueueLimitTests {

    private final EmbeddedRedis server = EmbeddedRedis.start(null);
    private final RedisClient client = RedisClient.create(server.url());
    private final RedisCommands<String, String> redis = client.connect().sync();
    private ConfigurableApplicationContext service;

    @AfterEach
    void stop() {
        service.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        server.close();
    }

    @Test
    void fullQueueIsA503AndTakesEventsAgainBelowItsLimit() {
        start("--ingestion.queue-limit=2");
        assertThat(post().statusCode()).isEqualTo(202);
        assertThat(post().statusCode()).isEqualTo(202);

        HttpResponse<String> refused = post();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.body()).contains("\"reason\":\"queue_full\"");
        assertThat(Http.get(url("/actuator/health/readiness")).statusCode())
                .as("it has room again as soon as something is taken out")
                .isEqualTo(200);
        assertThat(redis.llen("events:{0}")).isEqualTo(2);
        assertThat(redis.hget("events:{0}:ledger", "accepted")).isEqualTo("2");
        assertThat(Http.get(url("/actuator/prometheus")).body())
                .contains("events_rejected_total{application=\"ingestion-service\",reason=\"queue_full\"} 1.0");

        redis.rpop("events:{0}");
        assertThat(post().statusCode()).isEqualTo(202);
    }

    @Test
    void eventsAreSpreadOverThePartitions() {
        start("--queue.partitions=3", "--ingestion.queue-limit=5");
        for (int i = 0; i < 6; i++) {
            assertThat(post().statusCode()).isEqualTo(202);
        }

        assertThat(redis.keys("events:{*}")).hasSize(3).allMatch(queue -> redis.llen(queue) == 2);
        assertThat(post().statusCode())
                .as("each of three takes its share of five, rounded up")
                .isEqualTo(503);
    }

    private void start(String... settings) {
        String[] arguments = new String[settings.length + 2];
        System.arraycopy(settings, 0, arguments, 0, settings.length);
        arguments[settings.length] = "--server.port=0";
        arguments[settings.length + 1] = "--spring.data.redis.url=" + server.url();
        service = IngestionApplication.application().run(arguments);
    }

    private HttpResponse<String> post() {
        return Http.postJson(url("/event"), Events.SEED);
    }

    private String url(String path) {
        return "http://localhost:"
                + ((WebServerApplicationContext) service).getWebServer().getPort() + path;
    }
}
