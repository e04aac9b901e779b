package io.webanalytics.queue;

import static io.webanalytics.queue.QueueCalls.bytes;
import static io.webanalytics.queue.QueueCalls.text;

import io.lettuce.core.KeyValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way of the registry from the processor, which reads MongoDB, to ingestion, which does not. What it contains is not known
 * here. The days on which keys were used go the other way. Methods that wait end within the link's timeout, and throw a
 * {@link QueueException} if Redis fails.
 */
public final class RegistryChannel {

    private static final byte[] REGISTRY = bytes("registry");
    private static final byte[] KEYS_USED = bytes("registry:keys-used");
    private static final byte[] VERSION = bytes("version");
    private static final byte[] CONTENT = bytes("content");
    private static final byte[] AS_OF = bytes("as_of");

    private final QueueCalls calls;

    public RegistryChannel(RedisLink link) {
        calls = new QueueCalls(link);
    }

    /**
     * A registry as it was published.
     *
     * @param version names the content
     */
    public record Published(String version, byte[] content) {}

    /**
     * Which registry is published.
     *
     * @param version names the content
     * @param asOf when it was last found to be right, in ms since 1970 by MongoDB's clock; null if that is not known
     */
    public record Head(String version, @Nullable String asOf) {}

    /**
     * Publishes a registry, unless one is there that was read from MongoDB up to a minute later. So a processor that stood still
     * brings nothing back that was revoked meanwhile.
     *
     * @param asOf no later than when the registry was read, by MongoDB's clock
     * @return whether it is published
     */
    public boolean publish(Published registry, Instant asOf) {
        Long published = calls.await(
                Script.PUBLISH_REGISTRY,
                List.of(REGISTRY),
                bytes(asOf.toEpochMilli()),
                bytes(registry.version),
                registry.content);
        return published == 1;
    }

    /**
     * Notes that the published registry is still right, if it has this version.
     *
     * @param asOf no later than when MongoDB was read, by its clock
     * @return false if another one is published, or one that was read later
     */
    public boolean confirm(String version, Instant asOf) {
        Long confirmed =
                calls.await(Script.PUBLISH_REGISTRY, List.of(REGISTRY), bytes(asOf.toEpochMilli()), bytes(version));
        return confirmed == 1;
    }

    /** Returns which registry is published; null if there is none. */
    public @Nullable Head head() {
        List<KeyValue<byte[], byte[]>> fields = calls.await(redis -> redis.hmget(REGISTRY, VERSION, AS_OF));
        return fields.get(0).hasValue()
                ? new Head(
                        text(fields.get(0).getValue()),
                        fields.get(1).hasValue() ? text(fields.get(1).getValue()) : null)
                : null;
    }

    /** Returns the published registry; null if there is none. */
    public @Nullable Published read() {
        List<KeyValue<byte[], byte[]>> fields = calls.await(redis -> redis.hmget(REGISTRY, VERSION, CONTENT));
        return fields.stream().allMatch(KeyValue::hasValue)
                ? new Published(text(fields.get(0).getValue()), fields.get(1).getValue())
                : null;
    }

    /** Notes the last days on which keys were used, by their prefixes. */
    public void used(Map<String, LocalDate> days) {
        Map<byte[], byte[]> fields = new HashMap<>();
        days.forEach((prefix, day) -> fields.put(bytes(prefix), bytes(day)));
        calls.await(redis -> redis.hset(KEYS_USED, fields));
    }

    /** Returns the last day of use of each key that was used lately. */
    public Map<String, LocalDate> used() {
        Map<String, LocalDate> used = new HashMap<>();
        calls.await(redis -> redis.hgetall(KEYS_USED))
                .forEach((prefix, day) -> used.put(text(prefix), LocalDate.parse(text(day))));
        return used;
    }

    /** Forgets that keys were used. */
    public void forgetUsed(Collection<String> prefixes) {
        if (!prefixes.isEmpty()) {
            byte[][] fields = prefixes.stream().map(QueueCalls::bytes).toArray(byte[][]::new);
            calls.await(redis -> redis.hdel(KEYS_USED, fields));
        }
    }
}
