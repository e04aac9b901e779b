package io.webanalytics.system.crash;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.system.Service;
import io.webanalytics.testing.TcpProxy;
import io.webanalytics.testing.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.bson.Document;

/**
 * The system that the nemesis breaks: two ingestion services, two processors and a reporting service, each in a process; a Redis
 * of their own if none is given; and connections between services and servers that can be cut.
 */
final class CrashSystem implements AutoCloseable {

    /** Short, so that batches of dead workers are redelivered within the test. */
    static final Duration LEASE = Duration.ofSeconds(2);

    final List<Service> ingestion = new ArrayList<>();
    final List<Service> processors = new ArrayList<>();
    final Service reporting;
    final TcpProxy ingestionToRedis;
    final TcpProxy processorsToRedis;
    final TcpProxy processorsToMongo;
    final String redisUrl;

    private final String database = "crash-" + UUID.randomUUID();
    private final EmbeddedRedis embedded;
    private final MongoClient mongo = MongoClients.create(TestServers.mongo().url());

    CrashSystem() {
        embedded = System.getenv("REDIS_URL") == null ? EmbeddedRedis.start(null) : null;
        redisUrl = embedded == null ? TestServers.redis().url() : embedded.url();
        prepareRedis();
        ingestionToRedis = new TcpProxy(redisUrl);
        processorsToRedis = new TcpProxy(redisUrl);
        processorsToMongo = new TcpProxy(TestServers.mongo().url());
        String mongoUri = "--spring.mongodb.uri=" + processorsToMongo.url(database);
        for (int i = 0; i < 2; i++) {
            processors.add(Service.launch(
                    "processor-service",
                    FaultyProcessor.class,
                    redis(processorsToRedis),
                    mongoUri,
                    "--processor.lease=" + LEASE.toSeconds() + "s",
                    "--processor.rollup-quiet=1s",
                    "--processor.rollup-patrol=60s",
                    "--processor.batch-events=50",
                    "--processor.redis-timeout=2s",
                    "--processor.mongo-timeout=2s"));
            ingestion.add(Service.launch("ingestion-service", FaultyIngestion.class, redis(ingestionToRedis)));
        }
        reporting = Service.launch(
                "reporting-service",
                "--spring.mongodb.uri=" + TestServers.mongo().url(database));
    }

    /** Waits until every service is ready. */
    void awaitReady() {
        services().forEach(Service::awaitReady);
    }

    private static String redis(TcpProxy line) {
        return "--spring.data.redis.url=" + line.url();
    }

    /** Returns null if the Redis is not ours, and no {@code REDIS_CONTROL} names a program to kill it. */
    ServerControl redisControl() {
        ServerControl control = embedded == null ? control("REDIS_CONTROL") : ServerControl.of(embedded);
        return control == null ? null : control.afterStart(this::syncEveryWrite);
    }

    /** Returns null for the embedded server, which loses acknowledged writes when it is killed. */
    ServerControl mongoControl() {
        return control("MONGODB_CONTROL");
    }

    MongoCollection<Document> stored() {
        return mongo.getDatabase(database).getCollection("events");
    }

    private List<Service> services() {
        List<Service> services = new ArrayList<>(processors);
        services.addAll(ingestion);
        services.add(reporting);
        return services;
    }

    private static ServerControl control(String variable) {
        String program = System.getenv(variable);
        return program == null ? null : ServerControl.of(program);
    }

    private void prepareRedis() {
        syncEveryWrite();
        askRedis(redis -> redis.keys("events:{0}*").forEach(redis::del));
    }

    /** The guarantee depends on this: with {@code everysec}, Redis acknowledges writes that are not on disk yet. */
    private void syncEveryWrite() {
        askRedis(redis -> redis.configSet("appendfsync", "always"));
    }

    private void askRedis(Consumer<RedisCommands<String, String>> question) {
        RedisClient client = RedisClient.create(redisUrl);
        try {
            question.accept(client.connect().sync());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    @Override
    public void close() {
        services().forEach(Service::kill);
        ingestionToRedis.close();
        processorsToRedis.close();
        processorsToMongo.close();
        mongo.getDatabase(database).drop();
        mongo.close();
        if (embedded == null) {
            askRedis(redis -> redis.keys("events:{0}*").forEach(redis::del));
        } else {
            embedded.close();
        }
    }
}
