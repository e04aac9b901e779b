package io.webanalytics.ingestion.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.queue.QueueException;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TestServers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A request gets the outcome of its push as its response, whatever it is and however late. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=service-defaults,ingestion-service,application")
@Import(AsyncResponsesTests.Pushes.class)
class AsyncResponsesTests {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.data.redis.url", TestServers.redis()::url);
    }

    @Test
    void processThatStoodStillAnswersWhatItWouldHave() {
        HttpResponse<String> answer = post("/stood-still");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("queue_slow");
    }

    @Test
    void answerThatCannotBeMadeIsOurFaultAndLeavesNobodyWaiting() {
        assertThat(post("/without-answer").statusCode()).isEqualTo(500);
    }

    private HttpResponse<String> post(String path) {
        return Http.postJson("http://127.0.0.1:" + port + path, "{}");
    }

    @TestConfiguration(proxyBeanMethods = false)
    @RestController
    static class Pushes {

        /** Longer than a push waits for anything. */
        private static final Executor STOOD_STILL = CompletableFuture.delayedExecutor(4, TimeUnit.SECONDS);

        private final AsyncResponses responses;

        Pushes(AsyncResponses responses) {
            this.responses = responses;
        }

        @PostMapping("/stood-still")
        void standStill(HttpServletRequest request, HttpServletResponse response) {
            CompletableFuture<Long> pushed = CompletableFuture.supplyAsync(
                    () -> {
                        throw QueueException.of(new TimeoutException());
                    },
                    STOOD_STILL);
            responses.respond(request, response, pushed, Map.of(), () -> new byte[0], () -> new byte[0]);
        }

        @PostMapping("/without-answer")
        void fail(HttpServletRequest request, HttpServletResponse response) {
            responses.respond(
                    request,
                    response,
                    CompletableFuture.completedFuture(1L),
                    Map.of(),
                    () -> {
                        throw new IllegalStateException("there is no answer");
                    },
                    () -> new byte[0]);
        }
    }
}
