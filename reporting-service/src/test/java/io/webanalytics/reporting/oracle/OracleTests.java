package io.webanalytics.reporting.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.RedisLink;
import io.webanalytics.reporting.ReportFixture;
import io.webanalytics.testing.TestServers;
import java.time.Duration;
import org.bson.UuidRepresentation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random histories. Events are late, repeated, refused, recovered and replayed. Buckets are built, dropped and built again, while
 * events are stored. After every few steps random questions are asked, and each answer is compared with a plain recount.
 *
 * <p>{@code -Doracle.cases=2000} runs more cases than the build, {@code -Doracle.seed=7} runs others. A case that fails reports its
 * seed; with that and {@code -Doracle.cases=1} it is repeated.
 */
class OracleTests {

    private static final int CASES = Integer.getInteger("oracle.cases", 25);
    private static final long SEED = Long.getLong("oracle.seed", 20_251_112);
    private static final String QUEUE = "0";

    /** Runs after a builder has read its events, before it writes. */
    private static volatile Runnable intrusion = () -> {};

    private static RedisClient client;
    private static EventQueue queue;
    private static RedisCommands<String, String> redis;
    private static MongoClient mongo;
    private static MongoClient builders;

    @BeforeAll
    static void connect() throws InterruptedException {
        client = RedisClient.create(TestServers.redis().url());
        ClientOptions.Builder options = ClientOptions.builder();
        RedisLink.configure(options);
        client.setOptions(options.build());
        RedisLink link = new RedisLink(client, Duration.ofSeconds(5));
        assertThat(link.awaitConnection(Duration.ofSeconds(10))).isTrue();
        queue = new EventQueue(link, QUEUE);
        redis = client.connect().sync();
        mongo = MongoClients.create(settings().build());
        builders = MongoClients.create(
                settings().addCommandListener(new Intruder()).build());
    }

    @AfterAll
    static void disconnect() {
        mongo.close();
        builders.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }

    private static MongoClientSettings.Builder settings() {
        return MongoClientSettings.builder()
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .applyConnectionString(new ConnectionString(TestServers.mongo().url()));
    }

    @Test
    void everyReportEqualsARecount() {
        int answers = 0;
        int fromRollups = 0;
        for (int i = 0; i < CASES; i++) {
            long seed = SEED + i;
            redis.keys("events:{" + QUEUE + "}*").forEach(redis::del);
            try (ReportFixture reports = new ReportFixture(mongo)) {
                OracleCase one = new OracleCase(seed, queue, reports, builders, next -> intrusion = next);
                answers += one.run();
                fromRollups += one.fromRollups();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("case " + i + " differs: -Doracle.cases=1 -Doracle.seed=" + seed, e);
            } finally {
                intrusion = () -> {};
            }
        }
        System.out.println("The oracle compared " + answers + " answers in " + CASES + " cases, from -Doracle.seed="
                + SEED + "; of those of /stats, " + fromRollups + " had rollups in them");
        assertThat(fromRollups).as("answers that had rollups in them").isGreaterThan(CASES / 2);
    }

    private static final class Intruder implements CommandListener {

        @Override
        public void commandStarted(CommandStartedEvent event) {
            boolean writesParts = event.getCommandName().equals("insert")
                    && event.getCommand().getString("insert").getValue().equals("rollup_parts");
            if (writesParts) {
                Runnable once = intrusion;
                intrusion = () -> {};
                once.run();
            }
        }
    }
}
