package io.webanalytics.service.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.Partitions;
import io.webanalytics.queue.RedisLink;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class DurabilityWarningsTests {

    private static final Pattern QUESTIONS = Pattern.compile("cmdstat_config(?:\\|get)?:calls=(\\d+)");
    private static final String LAX = "Redis runs with appendfsync everysec instead of always";

    private final EmbeddedRedis server = EmbeddedRedis.start(null, "--appendfsync everysec");
    private final RedisClient client = RedisClient.create(server.url());
    private final AtomicLong clock = new AtomicLong();
    private final DurabilityWarnings warnings = new DurabilityWarnings(clock::get);
    private RedisCommands<String, String> redis;
    private RedisLink link;

    @BeforeEach
    void connect() throws InterruptedException {
        ClientOptions.Builder options = ClientOptions.builder();
        RedisLink.configure(options);
        client.setOptions(options.build());
        link = new RedisLink(client, Duration.ofSeconds(5));
        assertThat(link.awaitConnection(Duration.ofSeconds(10))).isTrue();
        redis = client.connect().sync();
    }

    @AfterEach
    void stop() {
        link.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        server.close();
    }

    @Test
    void serverThatForgetsIsNamed() {
        assertThat(warnings.of(Map.of("a", queue("0")))).containsExactly(LAX);
    }

    @Test
    void serverOfManyPartitionsIsAskedOnceForAll() {
        QueueHealth health = new QueueHealth(
                Partitions.tags(Partitions.MAX).stream().map(this::queue).toList(), EventQueue::probeAccept);
        for (int i = 0; i < 5; i++) {
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            assertThat(health.health().getDetails()).isEqualTo(Map.of("warnings", Set.of(LAX)));
        }

        assertThat(questions()).as("one for each setting").isEqualTo(3);
    }

    @Test
    void serverIsAskedAgainAfterAMinute() {
        Map<String, EventQueue> servers = Map.of("a", queue("0"));
        warnings.of(servers);
        redis.configSet("appendfsync", "always");
        long asked = questions();

        clock.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(warnings.of(servers)).containsExactly(LAX);
        assertThat(questions()).isEqualTo(asked);
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(warnings.of(servers)).isEmpty();
    }

    @Test
    void serverThatIsGoneIsForgotten() {
        warnings.of(Map.of("a", queue("0")));
        redis.configSet("appendfsync", "always");

        assertThat(warnings.of(Map.of("b", queue("0")))).isEmpty();
        assertThat(warnings.of(Map.of("a", queue("0")))).isEmpty();
    }

    @Test
    void serverThatMayNotTellIsNamedAndOneThatDoesNotAnswerIsAskedAgain() {
        redis.aclSetuser("default", AclSetuserArgs.Builder.removeCommand(CommandType.CONFIG));
        assertThat(warnings.of(Map.of("a", queue("0"))))
                .contains("Redis does not tell its appendfsync, which should be always")
                .hasSize(3);

        server.kill();
        assertThat(warnings.of(Map.of("b", queue("0"))))
                .singleElement()
                .asString()
                .startsWith("Redis does not tell its settings: ");
    }

    private EventQueue queue(String tag) {
        return new EventQueue(link, tag);
    }

    private long questions() {
        Matcher calls = QUESTIONS.matcher(redis.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }
}
