package io.webanalytics.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.LogLines;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** What the log and the metrics say of an outage. */
class OutageLogTests {

    private static final int SENDERS = 300;

    private final EmbeddedRedis redis = EmbeddedRedis.start(null);
    private final ConfigurableApplicationContext service =
            IngestionApplication.application().run("--server.port=0", "--spring.data.redis.url=" + redis.url());

    @AfterEach
    void stop() {
        service.close();
        redis.close();
    }

    @Test
    void outageIsOneLineHoweverManySendersMeetItAndACountOfThem() {
        assertThat(post()).isEqualTo(202);
        try (LogLines log = new LogLines()) {
            redis.kill();
            for (int i = 0; i < SENDERS; i++) {
                assertThat(post()).isEqualTo(503);
            }
            assertThat(warningsOfTheQueue(log)).singleElement().asString().startsWith("The queue fails: ");
            assertThat(Http.get(url("/actuator/prometheus")).body())
                    .contains("events_rejected_total{application=\"ingestion-service\",reason=\"queue_unavailable\"} "
                            + SENDERS + ".0")
                    .contains("events_accepted_total{application=\"ingestion-service\"} 1.0");

            redis.restart();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> post() == 202
                            && log.information("The queue works again").size() == 1);
            assertThat(warningsOfTheQueue(log)).hasSize(1);
        }
    }

    /** The registry of sites and keys has a line of its own. */
    private static List<String> warningsOfTheQueue(LogLines log) {
        return log.warnings().stream()
                .filter(line -> !line.startsWith("The registry"))
                .toList();
    }

    private int post() {
        return Http.postJson(url("/event"), Events.SEED).statusCode();
    }

    private String url(String path) {
        return "http://localhost:"
                + ((WebServerApplicationContext) service).getWebServer().getPort() + path;
    }
}
