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
 * The dead letters of one partition: elements that could not be stored. They stay until an operator replays or discards
 * them. Methods wait for Redis as those of {@link EventQueue} do.
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
     * @param id its id in the partition, ascending: ms since 1970 and a number, such as {@code 1762975805123-0}
     * @param element the original bytes
     * @param reason the word of a {@link io.webanalytics.model.RejectionReason}
     * @param error what exactly was wrong
     * @param attempts how many workers died while they held the element
     * @param firstSeen when the event was received; when it was buried, where the receipt could not be read
     * @param buriedAt when the event was buried, by Redis's clock
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

    /** Counts the letters. */
    public long count() {
        return calls.await(redis -> redis.xlen(keys.dead));
    }

    /**
     * Returns the oldest letters, or the oldest after a given one.
     *
     * @param after the id of a letter, which may be gone; null for the first page
     */
    public List<Letter> list(@Nullable String after, int limit) {
        return list(after, null, limit);
    }

    /** @param last the id of the last letter that may be listed; null for no limit */
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

    /** Returns the id of the newest letter, or null where there is none. */
    public @Nullable String newest() {
        List<StreamMessage<byte[], byte[]>> newest =
                calls.await(redis -> redis.xrevrange(keys.dead, Range.unbounded(), Limit.from(1)));
        return newest.isEmpty() ? null : newest.get(0).getId();
    }

    /**
     * Moves letters to the right end of the queue, where they are claimed next. Each moves in one atomic step.
     *
     * @return how many were moved; ids without a letter are skipped
     */
    public long replay(List<String> ids) {
        Long replayed = calls.await(
                Script.REPLAY, List.of(keys.queue, keys.bell, keys.workers, keys.dead, keys.displaced), arguments(ids));
        return replayed;
    }

    /**
     * Deletes letters.
     *
     * @return how many were deleted; ids without a letter are skipped
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
