package io.webanalytics.testing;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.webanalytics.embedded.EmbeddedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real Redis Cluster of three masters on 127.0.0.1, each with a third of the slots and, on request, one replica.
 * While a master is away, the others go on serving their slots.
 *
 * @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">Redis Cluster</a>
 */
public final class RedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final Duration FORMED_WITHIN = Duration.ofSeconds(20);

    private final RedisClient client = RedisClient.create();
    private final List<EmbeddedRedis> masters = new ArrayList<>();
    private final List<EmbeddedRedis> replicas = new ArrayList<>();

    private RedisCluster(boolean withReplicas) {
        try {
            launch(masters);
            if (withReplicas) {
                launch(replicas);
            }
            form();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts three masters. */
    public static RedisCluster start() {
        return new RedisCluster(false);
    }

    /** Starts three masters, and a replica of each that takes over about three seconds after its master went away. */
    public static RedisCluster startWithReplicas() {
        return new RedisCluster(true);
    }

    /** Returns {@code host:port} of every node. */
    public List<String> nodes() {
        return all().map(node -> "127.0.0.1:" + node.port()).toList();
    }

    /** @param index 0 to 2, in the order of the slots */
    public EmbeddedRedis master(int index) {
        return masters.get(index);
    }

    /** Returns the replica that {@link #master} had at first. */
    public EmbeddedRedis replica(int index) {
        return replicas.get(index);
    }

    /** Returns the index of the master that has the slot of a key, unless its replica took over. */
    public int indexOfMasterOf(String key) {
        int slot = SlotHash.getSlot(key);
        return IntStream.range(0, MASTERS)
                .filter(index -> slot < firstSlot(index + 1))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the master that has the slot of a key, unless its replica took over. */
    public EmbeddedRedis masterOf(String key) {
        return master(indexOfMasterOf(key));
    }

    /** Waits until every node serves its slots and every replica has the data of its master. */
    public void awaitFormed() {
        await().pollInterval(Duration.ofMillis(50)).atMost(FORMED_WITHIN).until(() -> all().allMatch(this::serves));
    }

    @Override
    public void close() {
        all().forEach(node -> node.process().destroy()); // all at once: each takes a while
        all().forEach(EmbeddedRedis::close);
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    private static void launch(List<EmbeddedRedis> nodes) {
        for (int i = 0; i < MASTERS; i++) {
            nodes.add(EmbeddedRedis.start(
                    null,
                    "--cluster-enabled yes",
                    "--cluster-node-timeout 1000",
                    "--cluster-require-full-coverage no"));
        }
    }

    /** Does what {@code redis-cli --cluster create} does. */
    private void form() {
        for (int i = 0; i < MASTERS; i++) {
            int epoch = i + 1;
            int[] slots = IntStream.range(firstSlot(i), firstSlot(i + 1)).toArray();
            ask(master(i), redis -> redis.clusterAddSlots(slots) + redis.clusterSetConfigEpoch(epoch));
        }
        all().skip(1)
                .forEach(node -> ask(
                        node, redis -> redis.clusterMeet("127.0.0.1", master(0).port())));
        for (int i = 0; i < replicas.size(); i++) {
            EmbeddedRedis replica = replica(i);
            String master = ask(master(i), RedisCommands::clusterMyId);
            await().atMost(FORMED_WITHIN)
                    .until(() -> ask(replica, RedisCommands::clusterNodes).contains(master));
            ask(replica, redis -> redis.clusterReplicate(master));
        }
        awaitFormed();
    }

    private static int firstSlot(int index) {
        return Math.round((float) SlotHash.SLOT_COUNT * index / MASTERS);
    }

    private boolean serves(EmbeddedRedis node) {
        String state = ask(node, redis -> redis.clusterInfo() + redis.info("replication"));
        return state.contains("cluster_state:ok")
                && state.contains("cluster_known_nodes:" + all().count())
                && (!replicas.contains(node) || state.contains("master_link_status:up"));
    }

    private <T> T ask(EmbeddedRedis node, Function<RedisCommands<String, String>, T> question) {
        try (StatefulRedisConnection<String, String> connection = client.connect(RedisURI.create(node.url()))) {
            return question.apply(connection.sync());
        }
    }

    private Stream<EmbeddedRedis> all() {
        return Stream.concat(masters.stream(), replicas.stream());
    }
}
