package io.webanalytics.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.Signals;
import io.webanalytics.testing.TcpProxy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Redis away, hanging or refusing: a quick 503, and recovery without a restart. On a Redis of its own, to be killed. */
class RedisOutageTests {

    /** The promised second, and one more for a busy machine. */
    private static final Duration IN_TIME = Duration.ofSeconds(2);

    /** The limit for 300 senders that share two cores with the service: far less than 300 waits in sequence. */
    private static final Duration ALL_IN_TIME = Duration.ofSeconds(4);

    private final EmbeddedRedis redis = EmbeddedRedis.start(null);
    private ConfigurableApplicationContext service = start();

    @AfterEach
    void stop() {
        service.close();
        redis.close();
    }

    @Test
    void redisDownIsA503AndItsReturnIsEnough() {
        assertThat(post().statusCode()).isEqualTo(202);
        redis.kill();
        assertRefusedInTime("queue_unavailable");
        assertThat(readiness()).isEqualTo(503);
        assertThat(liveness()).isEqualTo(200);

        redis.restart();
        await().atMost(Duration.ofSeconds(5)).until(() -> post().statusCode() == 202);
        await().until(() -> readiness() == 200);
    }

    @Test
    void serviceStartsWithoutRedisAndFindsItLater() {
        service.close();
        redis.kill();
        service = start();
        assertRefusedInTime("queue_unavailable");

        redis.restart();
        await().atMost(Duration.ofSeconds(5)).until(() -> post().statusCode() == 202);
    }

    @Test
    void hangingRedisIsA503WithinASecondForEveryOneOfManySenders() throws Exception {
        assertThat(post().statusCode()).isEqualTo(202);
        Signals.pause(redis.process());
        ExecutorService senders = Executors.newFixedThreadPool(300);
        try {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                answers.add(CompletableFuture.supplyAsync(this::timedPost, senders));
            }
            for (CompletableFuture<Answer> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS).status).isEqualTo(503);
                assertThat(answer.get().took).isLessThan(ALL_IN_TIME);
            }
            assertRefusedInTime("queue_slow");
        } finally {
            Signals.resume(redis.process());
            senders.shutdown();
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> post().statusCode() == 202);
    }

    @Test
    void connectionThatWentSilentIsReplaced() {
        service.close();
        try (TcpProxy line = new TcpProxy(redis.url())) {
            service =
                    IngestionApplication.application().run("--server.port=0", "--spring.data.redis.url=" + line.url());
            assertThat(post().statusCode()).isEqualTo(202);
            line.stallPresent();
            assertRefusedInTime("queue_slow");

            await().atMost(Duration.ofSeconds(15)).until(() -> post().statusCode() == 202);
        }
    }

    @Test
    void refusingRedisIsA503() {
        redis.close();
        service.close();
        try (EmbeddedRedis full = EmbeddedRedis.start(null, "--maxmemory 1")) {
            service =
                    IngestionApplication.application().run("--server.port=0", "--spring.data.redis.url=" + full.url());
            assertRefusedInTime("queue_unavailable");
            assertThat(readiness()).as("it takes no event").isEqualTo(503);
            assertThat(liveness()).isEqualTo(200);
        }
    }

    /** As after a failover: the address is the same, and Redis replies but refuses every push. */
    @Test
    void redisThatBecameAReplicaIsNotReadyUntilItIsAMasterAgain() {
        RedisClient operator = RedisClient.create(redis.url());
        try (EmbeddedRedis master = EmbeddedRedis.start(null)) {
            RedisCommands<String, String> commands = operator.connect().sync();
            assertThat(readiness()).isEqualTo(200);
            commands.replicaof("127.0.0.1", master.port());
            await().until(() -> readiness() == 503);
            assertRefusedInTime("queue_unavailable");
            await().untilAsserted(() ->
                    assertThat(Http.get(url("/actuator/health")).body()).contains("READONLY"));

            commands.replicaofNoOne();
            await().until(() -> readiness() == 200);
            await().until(() -> post().statusCode() == 202);
        } finally {
            operator.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    private record Answer(int status, Duration took) {}

    private Answer timedPost() {
        long started = System.nanoTime();
        return new Answer(post().statusCode(), Duration.ofNanos(System.nanoTime() - started));
    }

    private void assertRefusedInTime(String reason) {
        long started = System.nanoTime();
        HttpResponse<String> response = post();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(IN_TIME);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"reason\":\"" + reason + "\"");
    }

    private ConfigurableApplicationContext start() {
        return IngestionApplication.application().run("--server.port=0", "--spring.data.redis.url=" + redis.url());
    }

    private HttpResponse<String> post() {
        return Http.postJson(url("/event"), Events.SEED);
    }

    private int readiness() {
        return Http.get(url("/actuator/health/readiness")).statusCode();
    }

    private int liveness() {
        return Http.get(url("/actuator/health/liveness")).statusCode();
    }

    private String url(String path) {
        return "http://localhost:"
                + ((WebServerApplicationContext) service).getWebServer().getPort() + path;
    }
}
