package io.webanalytics.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a probe says is what the queue would meet with. */
class ProbeTests {

    @TempDir
    private Path data;

    private EmbeddedRedis server;
    private RedisClient client;
    private RedisCommands<String, String> redis;
    private EventQueue queue;

    @BeforeEach
    void connect() throws InterruptedException {
        server = EmbeddedRedis.start(data);
        client = RedisClient.create(server.url());
        queue = new EventQueue(TestLinks.open(client, Duration.ofSeconds(5)), "0");
        redis = client.connect().sync();
        assertDone(this::accept);
    }

    @AfterEach
    void stop() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        server.close();
    }

    @Test
    void probesChangeNothing() {
        List<String> keys = redis.keys("*");
        long written = commandsWritten();
        assertDone(queue::probeAccept);
        assertDone(queue::probeDrain);

        assertThat(redis.keys("*")).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(commandsWritten()).isEqualTo(written);
    }

    @Test
    void replicaRefusesBoth() {
        try (EmbeddedRedis master = EmbeddedRedis.start(null)) {
            redis.replicaof("127.0.0.1", master.port());

            assertRefused(this::accept, "READONLY");
            await().ignoreExceptions().untilAsserted(() -> assertRefused(queue::probeAccept, "READONLY"));
            await().ignoreExceptions().untilAsserted(() -> assertRefused(queue::probeDrain, "READONLY"));
        }
    }

    @Test
    void fullRedisMayBeDrained() {
        redis.configSet("maxmemory", "1");

        assertRefused(this::accept, "OOM");
        assertRefused(queue::probeAccept, "OOM");
        assertDone(queue::probeDrain);
        assertThat(queue.claim("w", Duration.ofSeconds(10), 10, 1_000)).isNotNull();
    }

    @Test
    void redisWithoutTheReplicasThatItWantsRefusesBoth() {
        redis.configSet("min-replicas-to-write", "1");

        assertRefused(this::accept, "NOREPLICAS");
        assertRefused(queue::probeAccept, "NOREPLICAS");
        assertRefused(queue::probeDrain, "NOREPLICAS");
    }

    @Test
    void redisWhoseSnapshotsFailRefusesBoth() throws IOException {
        Files.createDirectories(data.resolve("redis").resolve("unwritable.rdb").resolve("x"));
        redis.configSet("dbfilename", "unwritable.rdb");
        redis.configSet("save", "900 1");
        redis.bgsave();
        await().until(() -> redis.info("persistence").contains("rdb_last_bgsave_status:err"));

        assertRefused(this::accept, "MISCONF");
        assertRefused(queue::probeAccept, "MISCONF");
        assertRefused(queue::probeDrain, "MISCONF");
        redis.configSet("save", ""); // or it would not stop before it has saved
    }

    private CompletionStage<?> accept() {
        CompletionStage<Long> accepted = queue.accept(List.of("a".getBytes(StandardCharsets.UTF_8)), 10);
        return accepted;
    }

    private long commandsWritten() {
        return Long.parseLong(redis.info("persistence")
                .lines()
                .filter(line -> line.startsWith("aof_current_size:"))
                .findFirst()
                .orElseThrow()
                .split(":")[1]);
    }

    private static void assertDone(Supplier<CompletionStage<?>> probe) {
        probe.get().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }

    private static void assertRefused(Supplier<CompletionStage<?>> probe, String why) {
        assertThatThrownBy(() -> assertDone(probe)).hasMessageContaining(why);
    }
}
