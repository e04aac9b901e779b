package io.webanalytics.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.testing.RedisCluster;
import io.webanalytics.testing.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue in a cluster: three partitions, each on a master of its own, and what happens when that one is away. */
class EventQueueClusterTests {

    private static final Duration TIMEOUT = Duration.ofMillis(800);
    private static final Duration SOON = Duration.ofSeconds(20);

    private static RedisCluster threeMasters;

    private RedisCluster cluster;
    private RedisClusterClient client;

    @BeforeAll
    static void start() {
        threeMasters = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        threeMasters.close();
    }

    @BeforeEach
    void connect() {
        connect(threeMasters);
    }

    @AfterEach
    void disconnect() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void everyTransitionWorksOnEveryMaster() throws Exception {
        for (int master = 0; master < 3; master++) {
            EventQueue queue = partition(master);
            accept(queue, "\"received_at\":1", "\"received_at\":2", "\"received_at\":3");
            queue.claim("dead", Duration.ZERO, 1, 100);
            await().until(() -> queue.recover("dead") == 1);
            assertThat(queue.release(claim(queue))).isEqualTo(3);
            assertThat(queue.postpone(claim(queue))).isEqualTo(3);
            assertThat(queue.ledger().oldestPendingReceipt()).isEqualTo(Instant.ofEpochMilli(1));
            Claim claim = claim(queue);
            assertThat(queue.bury(
                            claim, claim.elements().get(0), RejectionReason.INVALID_ELEMENT, "bad", Instant.EPOCH))
                    .isTrue();
            assertThat(queue.renew(claim, SOON)).isTrue();
            assertThat(queue.settle(claim)).isEqualTo(2);
            assertThat(queue.ledger())
                    .matches(Ledger::balanced)
                    .matches(ledger -> ledger.settled() == 2 && ledger.dead() == 1 && ledger.pending() == 0);
            DeadLetters letters = queue.deadLetters();
            assertThat(letters.replay(List.of(letters.newest()))).isEqualTo(1);
            assertThat(queue.settle(claim(queue))).isEqualTo(1);
        }
    }

    @Test
    void killedMasterFailsAtOnceAndReturnsWithAllThatItAcknowledged() throws Exception {
        EventQueue queue = partition(1);
        EventQueue other = partition(0);
        accept(queue, "a", "b", "c");
        Claim held = queue.claim("w", SOON, 2, 100);
        cluster.master(1).kill();

        assertFailsInTime(queue);
        assertWorks(other);
        cluster.master(1).restart();
        await().atMost(SOON).ignoreExceptions().until(() -> queue.ledger().queued() == 1);
        assertThat(queue.settle(held)).isEqualTo(2);
        accept(queue, "d");
        assertThat(queue.ledger().queued()).isEqualTo(2);
    }

    /**
     * No connection breaks when a master hangs: the link asks who took over because of the silence alone. What is claimed
     * then is what the replica knows, since Redis acknowledges before its replicas do.
     */
    @Test
    void hangingMasterFailsInTimeUntilItsReplicaTakesOverAndTheOthersGoOn() throws Exception {
        disconnect();
        try (RedisCluster withReplicas = RedisCluster.startWithReplicas()) {
            connect(withReplicas);
            EventQueue queue = partition(1);
            List<EventQueue> others = List.of(partition(0), partition(2));
            accept(queue, "a");
            Signals.pause(cluster.master(1).process());
            try {
                assertFailsInTime(queue);
                others.forEach(EventQueueClusterTests::assertWorks);
                await().atMost(SOON).ignoreExceptions().untilAsserted(() -> accept(queue, "b"));
                assertThat(queue.settle(claim(queue))).isPositive();
            } finally {
                Signals.resume(cluster.master(1).process());
            }
        }
    }

    @Test
    void eachPartitionAsksItsOwnMasterForItsSettings() throws Exception {
        RedisLink shared = link();
        EventQueue queue = partition(shared, 1);
        EventQueue other = partition(shared, 0);
        try (var connection = client.connect()) {
            var lax = connection.getConnection("127.0.0.1", cluster.master(1).port());
            lax.sync().configSet("appendfsync", "everysec");
            assertThat(queue.durabilityWarnings())
                    .containsExactly("Redis runs with appendfsync everysec instead of always");
            assertThat(other.durabilityWarnings()).isEmpty();
            lax.sync().configSet("appendfsync", "always");
        }
    }

    private void connect(RedisCluster to) {
        cluster = to;
        client = RedisClusterClient.create(cluster.nodes().stream()
                .map(node -> RedisURI.create("redis://" + node + "?timeout=1s"))
                .toList());
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        RedisLink.configure(options);
        client.setOptions(options.build());
    }

    private RedisLink link() throws InterruptedException {
        RedisLink link = new RedisLink(client, TIMEOUT);
        assertThat(link.awaitConnection(SOON)).isTrue();
        return link;
    }

    private EventQueue partition(int master) throws InterruptedException {
        return partition(link(), master);
    }

    /** A new partition on one of the masters. */
    private EventQueue partition(RedisLink link, int master) {
        return Stream.generate(() -> UUID.randomUUID().toString())
                .filter(tag -> cluster.indexOfMasterOf(new QueueKeys(tag).toString()) == master)
                .map(tag -> new EventQueue(link, tag))
                .findFirst()
                .orElseThrow();
    }

    private static void assertFailsInTime(EventQueue queue) {
        long asked = System.nanoTime();
        assertThatThrownBy(queue::ledger).isInstanceOf(QueueException.class);
        assertThatThrownBy(() -> queue.recover("dead")).isInstanceOf(QueueException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(TIMEOUT.multipliedBy(3));
    }

    private static void assertWorks(EventQueue queue) {
        accept(queue, "a");
        queue.claim("dead", Duration.ZERO, 1, 100);
        await().until(() -> queue.recover("dead") == 1);
        assertThat(queue.settle(claim(queue))).isEqualTo(1);
    }

    private static void accept(EventQueue queue, String... events) {
        List<byte[]> elements =
                Stream.of(events).map(event -> event.getBytes(UTF_8)).toList();
        queue.accept(elements, 1_000_000).toCompletableFuture().join();
    }

    private static Claim claim(EventQueue queue) {
        return queue.claim("w", SOON, 10, 100);
    }
}
