package io.webanalytics.queue;

import java.nio.charset.StandardCharsets;

/**
 * The Redis keys of one partition of the queue. The hash tag in braces puts them all in one hash slot.
 *
 * @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags">Hash tags</a>
 */
final class QueueKeys {

    /** List: the events that wait, the oldest on the right. */
    final byte[] queue;
    /** List: at most one token, which is there when a worker should look at the queue. */
    final byte[] bell;
    /** Hash: {@code accepted}, {@code settled}, {@code discarded}, {@code claims}, and each holder's claim number. */
    final byte[] ledger;
    /** Sorted set: each worker that holds a batch, and when its lease ends, in ms since 1970 by Redis's clock. */
    final byte[] workers;
    /** Hash: SHA-1 of an element → how many workers died with it. Other elements have no entry. */
    final byte[] attempts;
    /**
     * Sorted set: SHA-1 of an element → when it was received, in ms since 1970. Contains the elements that were moved
     * back to the queue, while they are queued or in flight: they lie out of the order in which events were pushed.
     * Equal elements share an entry, which goes when the first of them is settled: they are one event, now stored.
     */
    final byte[] displaced;
    /** Stream: the dead letters. */
    final byte[] dead;
    /** Never there: a command that writes only to a key that exists changes nothing. */
    final byte[] probe;

    private final String prefix;

    QueueKeys(String tag) {
        prefix = "events:{" + tag + "}";
        queue = key("");
        bell = key(":bell");
        ledger = key(":ledger");
        workers = key(":workers");
        attempts = key(":attempts");
        displaced = key(":displaced");
        dead = key(":dead");
        probe = key(":probe");
    }

    /** List: exactly the batch that a worker holds. */
    byte[] inflight(String worker) {
        return key(":inflight:" + worker);
    }

    private byte[] key(String suffix) {
        return (prefix + suffix).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return prefix;
    }
}
