package io.webanalytics.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.queue.RedisLink;
import io.webanalytics.queue.RegistryChannel;
import io.webanalytics.queue.RegistryChannel.Published;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.RegistryFormat;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisRegistryTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] CONTENT = RegistryFormat.encode(Registry.EMPTY);
    private static final EmbeddedRedis SERVER = EmbeddedRedis.start(null);
    private static final RedisClient CLIENT = RedisClient.create(SERVER.url());
    private static final RedisLink LINK = new RedisLink(CLIENT, Duration.ofSeconds(5));
    private static final RegistryChannel CHANNEL = new RegistryChannel(LINK);

    private long nanos;
    private final RedisRegistry registry = new RedisRegistry(CHANNEL, () -> nanos);

    @BeforeAll
    static void connect() throws InterruptedException {
        assertThat(LINK.awaitConnection(Duration.ofSeconds(5))).isTrue();
    }

    @AfterAll
    static void stop() {
        CLIENT.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        SERVER.close();
    }

    @Test
    void oneThatNobodyConfirmsIsAFailureUntilSomebodyDoes() throws Exception {
        CHANNEL.publish(new Published("1", CONTENT), NOW);
        assertThat(registry.read()).isNotNull();
        pass(Duration.ofSeconds(15));
        assertThat(registry.read()).isNotNull();

        pass(Duration.ofMillis(1));

        assertThatThrownBy(registry::read).hasMessage("no processor has read sites and keys from MongoDB for 15 s");
        CHANNEL.confirm("1", NOW.plusSeconds(16));
        assertThat(registry.read()).isNotNull();
        pass(Duration.ofSeconds(16));
        CHANNEL.publish(new Published("2", CONTENT), NOW.plusSeconds(17));
        assertThat(registry.read()).isNotNull();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
