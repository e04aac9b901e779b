package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Projections;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.RedisCluster;
import io.webanalytics.testing.TestServers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services on a Redis Cluster of three masters and three partitions, while one master dies under real traffic. */
class ClusterIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SITE = "cluster";
    private static final int EVENTS = 10_000;

    /** Replicas get a write within milliseconds. The rest is a margin for a busy machine. */
    private static final Duration REPLICATION_LAG = Duration.ofSeconds(1);

    /** For each sender one event that was acknowledged just before the master died, and as many again. */
    private static final int MOST_LOST = 64;

    private final String database = "cluster-" + UUID.randomUUID();
    private final MongoClient mongo = MongoClients.create(TestServers.mongo().url());
    private RedisCluster cluster;
    private Service processor;
    private Service ingestion;

    @AfterEach
    void stop() {
        ingestion.close();
        processor.close();
        cluster.close();
        mongo.getDatabase(database).drop();
        mongo.close();
    }

    @Test
    void killedMasterReturnsWithAllThatItAcknowledged() throws Exception {
        start(RedisCluster.start());
        try (Senders senders = new Senders(ingestion)) {
            List<Future<?>> sent = senders.send(AccessLog.events(SITE));
            awaitAcknowledged(senders, 2_000);
            cluster.master(1).kill();
            awaitAcknowledged(senders, 4_000); // by the other two masters
            cluster.master(1).restart();
            Senders.awaitAll(sent);
        }

        JsonNode ledger = awaitDrained();
        assertThat(ledger.get("partitions").values())
                .hasSize(3)
                .allMatch(partition -> partition.get("balanced").asBoolean())
                .allMatch(partition -> partition.get("settled").asLong() > 0);
        assertThat(missing(AccessLog.events(SITE))).isEmpty();
    }

    @Test
    void failoverLosesNothingButWhatTheReplicaHadNotHeardOf() throws Exception {
        start(RedisCluster.startWithReplicas());
        Map<String, Long> acknowledgedAt;
        long killedAt;
        try (Senders senders = new Senders(ingestion)) {
            List<Future<?>> sent = senders.send(AccessLog.events(SITE));
            awaitAcknowledged(senders, 4_000);
            cluster.master(1).kill();
            killedAt = System.nanoTime();
            Senders.awaitAll(sent);
            acknowledgedAt = senders.acknowledgedAt();
        }

        assertThat(awaitDrained().get("balanced").asBoolean()).isTrue();
        Set<String> missing = missing(acknowledgedAt.keySet());
        System.out.printf("Failover to a replica: %d of %d acknowledged events lost%n", missing.size(), EVENTS);
        assertThat(missing)
                .as("events that were lost though they were acknowledged long before")
                .hasSizeLessThan(MOST_LOST)
                .allMatch(event -> Math.abs(killedAt - acknowledgedAt.get(event)) < REPLICATION_LAG.toNanos());
    }

    private void start(RedisCluster redis) {
        cluster = redis;
        String nodes = "--spring.data.redis.cluster.nodes=" + String.join(",", redis.nodes());
        String mongoUri = "--spring.mongodb.uri=" + TestServers.mongo().url(database);
        processor =
                Service.launch("processor-service", nodes, mongoUri, "--queue.partitions=3", "--processor.lease=3s");
        ingestion = Service.launch("ingestion-service", nodes, "--queue.partitions=3");
        processor.awaitReady();
        ingestion.awaitReady();
    }

    private static void awaitAcknowledged(Senders senders, int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> senders.acknowledged() >= count);
    }

    private JsonNode awaitDrained() {
        await("everything settled")
                .atMost(Duration.ofSeconds(60))
                .until(() -> ledger("queued") + ledger("in_flight") == 0);
        return JSON.readTree(Http.get(processor.url("/ledger")).body());
    }

    /** Returns a figure of the ledger, or -1 while a partition does not answer. */
    private long ledger(String figure) {
        JsonNode ledger = JSON.readTree(Http.get(processor.url("/ledger")).body());
        return ledger.has(figure) ? ledger.get(figure).asLong() : -1;
    }

    /** Returns the events that are not stored. */
    private Set<String> missing(Collection<String> events) {
        Map<String, String> byId = new HashMap<>();
        events.forEach(event -> byId.put(JSON.readTree(event).get("event_id").asString(), event));
        for (Document stored : mongo.getDatabase(database)
                .getCollection("events")
                .find()
                .projection(Projections.include("event_id"))) {
            byId.remove(stored.getString("event_id"));
        }
        return Set.copyOf(byId.values());
    }
}
