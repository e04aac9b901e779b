package io.webanalytics.queue;

import static io.webanalytics.queue.QueueCalls.text;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of one partition: elements that could not be stored, until an operator replays or discards them. Waits
 * for Redis as {@link EventQueue} does.
 */
public final class DeadLetters {

    private final String tag;
    private final QueueKeys keys;
    private final QueueCalls calls;

    DeadLetters(String tag, QueueKeys keys, QueueCalls calls) {
        this.tag = tag;
        this.keys = keys;
        this.calls = calls;
    }

    /**
     * A dead letter.
     *
     * @param id its id in the partition, {@code <ms>-<number>}: it grows with time
     * @param element the original bytes
     * @param reason the word of a {@link io.webanalytics.model.RejectionReason}
     * @param error what exactly was wrong
     * @param attempts how many workers died with it
     * @param firstSeen when it was received; when it was buried, where that could not be read
     * @param buriedAt when it was buried, by Redis's clock
     */
    public record Letter(
            String id,
            byte[] element,
            String reason,
            String error,
            int attempts,
            Instant firstSeen,
            Instant buriedAt) {}

    /** The partition's hash tag, which is its name. */
    public String partition() {
        return tag;
    }

    /** How many there are. */
    public long count() {
        return calls.await(redis -> redis.xlen(keys.dead));
    }

    /**
     * The oldest letters, or the oldest after one.
     *
     * @param after the id of a letter, there or gone; null for the first page
     */
    public List<Letter> list(@Nullable String after, int limit) {
        return list(after, null, limit);
    }

    /** @param last the id of the last letter that may be listed; null for no end */
    public List<Letter> list(@Nullable String after, @Nullable String last, int limit) {
        Range<String> range = Range.from(
                after == null ? Range.Boundary.unbounded() : Range.Boundary.excluding(after),
                last == null ? Range.Boundary.unbounded() : Range.Boundary.including(last));
        List<Letter> letters = new ArrayList<>();
        for (StreamMessage<byte[], byte[]> message :
                calls.await(redis -> redis.xrange(keys.dead, range, Limit.from(limit)))) {
            letters.add(letter(message));
        }
        return letters;
    }

    /** The id of the newest letter, or null where there is none. */
    public @Nullable String newest() {
        List<StreamMessage<byte[], byte[]>> newest =
                calls.await(redis -> redis.xrevrange(keys.dead, Range.unbounded(), Limit.from(1)));
        return newest.isEmpty() ? null : newest.get(0).getId();
    }

    /**
     * Moves letters back to the right end of the queue, each in one atomic step, where they are claimed next.
     *
     * @return how many of them there were
     */
    public long replay(List<String> ids) {
        Long replayed = calls.await(
                Script.REPLAY, List.of(keys.queue, keys.bell, keys.workers, keys.dead, keys.displaced), arguments(ids));
        return replayed;
    }

    /**
     * Deletes letters.
     *
     * @return how many of them there were
     */
    public long discard(List<String> ids) {
        Long discarded = calls.await(Script.DISCARD, List.of(keys.ledger, keys.workers, keys.dead), arguments(ids));
        return discarded;
    }

    private static byte[][] arguments(List<String> ids) {
        return ids.stream().map(QueueCalls::bytes).toArray(byte[][]::new);
    }

    private static Letter letter(StreamMessage<byte[], byte[]> message) {
        Map<String, byte[]> fields = new HashMap<>();
        message.getBody().forEach((name, value) -> fields.put(text(name), value));
        String id = message.getId();
        Instant buriedAt = Instant.ofEpochMilli(Long.parseLong(id.substring(0, id.indexOf('-'))));
        return new Letter(
                id,
                fields.getOrDefault("element", new byte[0]),
                value(fields, "reason", ""),
                value(fields, "error", ""),
                Integer.parseInt(value(fields, "attempts", "0")),
                Instant.ofEpochMilli(Long.parseLong(value(fields, "first_seen", id.substring(0, id.indexOf('-'))))),
                buriedAt);
    }

    private static String value(Map<String, byte[]> fields, String name, String missing) {
        byte[] value = fields.get(name);
        return value == null ? missing : text(value);
    }
}
