package io.webanalytics.service.redis;

import io.webanalytics.queue.QueueException;
import io.webanalytics.queue.RegistryChannel;
import io.webanalytics.queue.RegistryChannel.Head;
import io.webanalytics.service.access.RegistrySource;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.RegistryFormat;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The registry that a processor publishes in Redis. Its content is read only when its version is another. Where no processor
 * confirms it any more, such as while MongoDB is away, that is a failure: the last one is kept then. Not thread-safe.
 */
public final class RedisRegistry implements RegistrySource {

    /** Processors confirm it once a second. */
    private static final Duration UNCONFIRMED = Duration.ofSeconds(15);

    private final RegistryChannel channel;
    private final LongSupplier nanoTime;
    private @Nullable Head head;
    private @Nullable Registry registry;
    private long confirmedAt;

    public RedisRegistry(RegistryChannel channel) {
        this(channel, System::nanoTime);
    }

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    RedisRegistry(RegistryChannel channel, LongSupplier nanoTime) {
        this.channel = channel;
        this.nanoTime = nanoTime;
    }

    /** Nobody has confirmed the registry for some time. */
    private static final class UnconfirmedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnconfirmedException() {
            super(
                    "no processor has read sites and keys from MongoDB for " + UNCONFIRMED.toSeconds() + " s",
                    null,
                    false,
                    false);
        }
    }

    /** @throws QueueException if Redis fails */
    @Override
    public @Nullable Registry read() throws RegistryFormat.UnreadableException {
        Head published = channel.head();
        if (published == null) {
            head = null;
            return null;
        }
        if (head == null || !head.version().equals(published.version())) {
            head = null;
            RegistryChannel.Published latest = channel.read();
            if (latest == null) {
                return null;
            }
            registry = RegistryFormat.decode(latest.content());
            published = new Head(latest.version(), published.asOf());
        }
        if (!published.equals(head)) {
            head = published;
            confirmedAt = nanoTime.getAsLong();
        } else if (nanoTime.getAsLong() - confirmedAt > UNCONFIRMED.toNanos()) {
            throw new UnconfirmedException();
        }
        return registry;
    }

    @Override
    public void used(Map<String, LocalDate> days) {
        channel.used(days);
    }
}
