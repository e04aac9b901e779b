package io.webanalytics.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.testing.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replica becomes the master, and the old master its replica: the address is the same, and no connection breaks. */
class FailoverTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final EmbeddedRedis master = EmbeddedRedis.start(null);
    private final EmbeddedRedis replica = EmbeddedRedis.start(null);
    private final TcpProxy address = new TcpProxy(master.url());
    private final RedisClient client = RedisClient.create(address.url());
    private final RedisClient operator = RedisClient.create();

    @AfterEach
    void stop() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        operator.shutdown(0, 1, TimeUnit.SECONDS);
        address.close();
        master.close();
        replica.close();
    }

    @Test
    void queueMovesToTheNewMaster() throws InterruptedException {
        RedisCommands<String, String> old = ask(master);
        RedisCommands<String, String> heir = ask(replica);
        heir.replicaof("127.0.0.1", master.port());
        EventQueue queue = new EventQueue(TestLinks.open(client, Duration.ofSeconds(2)), "0");
        accept(queue, "a");
        await().atMost(SOON).until(() -> heir.llen("events:{0}") == 1);

        heir.replicaofNoOne();
        old.replicaof("127.0.0.1", replica.port());
        address.moveTo(replica.url());
        assertThatThrownBy(() -> accept(queue, "b")).hasRootCauseInstanceOf(RedisCommandExecutionException.class);
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> accept(queue, "c"));

        assertThat(heir.lrange("events:{0}", 0, -1)).containsExactly("c", "a");
        assertThat(queue.ledger())
                .matches(Ledger::balanced)
                .extracting(Ledger::accepted)
                .isEqualTo(2L);
    }

    private RedisCommands<String, String> ask(EmbeddedRedis server) {
        return operator.connect(RedisURI.create(server.url())).sync();
    }

    private static void accept(EventQueue queue, String event) {
        queue.accept(List.of(event.getBytes(UTF_8)), 10)
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }
}
