package io.webanalytics.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.queue.RegistryChannel.Published;
import io.webanalytics.testing.TestServers.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How the registry travels, against every Redis there is. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyRedis")
class RegistryChannelTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Parameter
    Server server;

    private RedisClient client;
    private RedisCommands<String, String> redis;
    private RegistryChannel channel;

    @BeforeEach
    void connect() throws InterruptedException {
        client = RedisClient.create(server.url());
        redis = client.connect().sync();
        redis.del("registry", "registry:keys-used");
        channel = new RegistryChannel(TestLinks.open(client, Duration.ofSeconds(5)));
    }

    @AfterEach
    void disconnect() {
        redis.del("registry", "registry:keys-used");
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }

    @Test
    void theLatestIsRead() {
        assertThat(channel.head()).isNull();
        assertThat(channel.read()).isNull();

        assertThat(channel.publish(registry("1"), NOW)).isTrue();
        assertThat(channel.publish(registry("2"), NOW)).isTrue();

        assertThat(channel.head().version()).isEqualTo("2");
        assertThat(channel.read().content()).asString().isEqualTo("content of 2");
    }

    @Test
    void whatWasReadEarlierReplacesNothing() {
        channel.publish(registry("new"), NOW);

        assertThat(channel.publish(registry("late"), NOW.minusMillis(1))).isFalse();
        assertThat(channel.publish(registry("late"), NOW.minusSeconds(60))).isFalse();
        assertThat(channel.head().version()).isEqualTo("new");
    }

    @Test
    void aClockThatWasSetBackHoldsUpNothing() {
        channel.publish(registry("old"), NOW);

        assertThat(channel.publish(registry("new"), NOW.minusMillis(60_001))).isTrue();
        assertThat(channel.head().version()).isEqualTo("new");
    }

    @Test
    void onlyTheOneThatIsThereIsConfirmed() {
        assertThat(channel.confirm("1", NOW)).isFalse();
        channel.publish(registry("1"), NOW);

        assertThat(channel.confirm("1", NOW.plusSeconds(1))).isTrue();
        assertThat(channel.confirm("2", NOW.plusSeconds(2))).isFalse();
        assertThat(channel.confirm("1", NOW)).isFalse();
        assertThat(channel.head())
                .isEqualTo(new RegistryChannel.Head(
                        "1", String.valueOf(NOW.plusSeconds(1).toEpochMilli())));
        assertThat(channel.read().content()).asString().isEqualTo("content of 1");
    }

    @Test
    void theDaysOfUseComeBack() {
        LocalDate day = LocalDate.parse("2026-03-01");
        channel.used(Map.of("a", day.minusDays(1)));
        channel.used(Map.of("a", day, "b", day));

        assertThat(channel.used()).isEqualTo(Map.of("a", day, "b", day));
        channel.forgetUsed(List.of("a"));
        channel.forgetUsed(List.of());
        assertThat(channel.used()).containsOnlyKeys("b");
    }

    private static Published registry(String version) {
        return new Published(version, ("content of " + version).getBytes(StandardCharsets.UTF_8));
    }
}
