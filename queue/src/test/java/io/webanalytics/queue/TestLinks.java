package io.webanalytics.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import java.time.Duration;

/** Links as the services make them. */
final class TestLinks {

    private TestLinks() {}

    /** A link that is connected. */
    static RedisLink open(RedisClient client, Duration timeout) throws InterruptedException {
        ClientOptions.Builder options = ClientOptions.builder();
        RedisLink.configure(options);
        client.setOptions(options.build());
        RedisLink link = new RedisLink(client, timeout);
        assertThat(link.awaitConnection(Duration.ofSeconds(5))).isTrue();
        return link;
    }
}
