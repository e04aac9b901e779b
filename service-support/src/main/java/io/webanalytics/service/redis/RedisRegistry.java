package io.webanalytics.service.redis;

import io.webanalytics.queue.QueueException;
import io.webanalytics.queue.RegistryChannel;
import io.webanalytics.service.access.RegistrySource;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.RegistryFormat;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registry that a processor publishes in Redis. Its content is read only when its version is another. Not thread-safe. */
public final class RedisRegistry implements RegistrySource {

    private final RegistryChannel channel;
    private @Nullable String version;
    private @Nullable Registry registry;

    public RedisRegistry(RegistryChannel channel) {
        this.channel = channel;
    }

    /** @throws QueueException if Redis fails */
    @Override
    public @Nullable Registry read() throws RegistryFormat.UnreadableException {
        String published = channel.version();
        if (published == null || !published.equals(version)) {
            RegistryChannel.Published latest = channel.read();
            version = null;
            registry = latest == null ? null : RegistryFormat.decode(latest.content());
            version = latest == null ? null : latest.version();
        }
        return registry;
    }

    @Override
    public void used(Map<String, LocalDate> days) {
        days.forEach(
                (prefix, day) -> channel.used(prefix, day).toCompletableFuture().join());
    }
}
