package io.webanalytics.queue;

import static io.webanalytics.queue.QueueCalls.bytes;

import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.Claim.Element;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One partition of the queue. Each of its transitions is one atomic step in Redis. Methods wait for Redis, unless they
 * return a {@link CompletionStage}: at most as long as the link's timeout. Where Redis does not answer, they throw
 * {@link QueueException}.
 */
public final class EventQueue {

    /** Most elements of a claim: Lua can unpack so many into one call. */
    public static final int MAX_CLAIM = 7_000;

    private static final int MAX_ERROR_LENGTH = 1_000;

    private final String tag;
    private final RedisLink link;
    private final QueueKeys keys;
    private final QueueCalls calls;
    private final LedgerReader ledger;

    /**
     * @param link the partition's own connection
     * @param tag the partition's hash tag, see {@link Partitions}
     */
    public EventQueue(RedisLink link, String tag) {
        this.tag = tag;
        this.link = link;
        this.keys = new QueueKeys(tag);
        this.calls = new QueueCalls(link);
        this.ledger = new LedgerReader(calls, keys);
    }

    /** The partition's hash tag, which is its name. */
    public String partition() {
        return tag;
    }

    /**
     * Waits for the first connection.
     *
     * @return whether there is one
     */
    public boolean awaitConnection(Duration atMost) throws InterruptedException {
        return link.awaitConnection(atMost);
    }

    /**
     * Adds elements to the queue, all of them or none.
     *
     * @param mostQueued the most events that may be queued afterwards
     * @return completes once Redis has acknowledged, with the length of the queue; fails with a {@link QueueException}.
     *     After a failure the elements may be queued or not; they are not where its reason is
     *     {@link RejectionReason#QUEUE_FULL}
     */
    public CompletionStage<Long> accept(List<byte[]> elements, long mostQueued) {
        List<byte[]> arguments = new ArrayList<>(elements.size() + 1);
        arguments.add(bytes(mostQueued));
        arguments.addAll(elements);
        CompletionStage<Long> accepted =
                calls.run(Script.ACCEPT, List.of(keys.queue, keys.bell, keys.ledger), arguments);
        return accepted.thenApply(length -> {
            if (length < 0) {
                throw QueueException.full(mostQueued);
            }
            return length;
        });
    }

    /**
     * Claims a batch: the one that the worker holds already, or else the oldest events of the queue. An element that
     * two workers died with is claimed alone.
     *
     * @param lease how long until others may recover the batch
     * @param mostEvents 1 to {@link #MAX_CLAIM}
     * @param mostBytes the most bytes of the batch; a single element may have more
     * @return null where nothing is queued
     */
    public @Nullable Claim claim(String worker, Duration lease, int mostEvents, long mostBytes) {
        List<Object> reply = calls.await(
                Script.CLAIM,
                List.of(keys.queue, keys.bell, keys.ledger, keys.workers, keys.attempts, keys.inflight(worker)),
                bytes(worker),
                bytes(lease.toMillis()),
                bytes(mostEvents),
                bytes(mostBytes));
        if (reply.isEmpty()) {
            return null;
        }
        List<?> attempts = (List<?>) reply.get(1);
        List<Element> elements = new ArrayList<>(reply.size() - 2);
        for (int i = 2; i < reply.size(); i++) {
            int tried = attempts.isEmpty() ? 0 : ((Long) attempts.get(i - 2)).intValue();
            elements.add(new Element((byte[]) reply.get(i), tried));
        }
        return new Claim(worker, (Long) reply.get(0), elements);
    }

    /** Extends the lease. Returns false where the claim is lost. */
    public boolean renew(Claim claim, Duration lease) {
        Long renewed = calls.await(
                Script.RENEW,
                List.of(keys.ledger, keys.workers),
                bytes(claim.worker()),
                bytes(claim.number()),
                bytes(lease.toMillis()));
        return renewed == 1;
    }

    /**
     * Removes a batch. Call it only after MongoDB has acknowledged every element that was not buried.
     *
     * @return how many events were settled, or -1 where the claim is lost
     */
    public long settle(Claim claim) {
        Long settled = calls.await(
                Script.SETTLE,
                List.of(keys.ledger, keys.workers, keys.attempts, keys.displaced, keys.inflight(claim.worker())),
                bytes(claim.worker()),
                bytes(claim.number()));
        return settled;
    }

    /**
     * Returns a batch to the right end of the queue, for an orderly stop.
     *
     * @return how many events went back, or -1 where the claim is lost
     */
    public long release(Claim claim) {
        return giveBack(claim.worker(), bytes(claim.number()), "right");
    }

    /**
     * Returns a batch that cannot be stored now to the left end of the queue, where it is claimed after all others,
     * which may be stored.
     *
     * @return how many events went back, or -1 where the claim is lost
     */
    public long postpone(Claim claim) {
        return giveBack(claim.worker(), bytes(claim.number()), "left");
    }

    /**
     * Returns the batch of a worker whose lease has ended to the right end of the queue. Counts an attempt of each
     * element.
     *
     * @return how many events went back, or -1 where the lease has not ended
     */
    public long recover(String worker) {
        return giveBack(worker, new byte[0], "right");
    }

    /**
     * Moves one element of a batch to the dead letters.
     *
     * @param firstSeen stored in the dead letter
     * @return false where the claim is lost, or does not hold the element
     */
    public boolean bury(Claim claim, Element element, RejectionReason reason, String error, Instant firstSeen) {
        Long buried = calls.await(
                Script.BURY,
                List.of(
                        keys.ledger,
                        keys.workers,
                        keys.attempts,
                        keys.displaced,
                        keys.inflight(claim.worker()),
                        keys.dead),
                bytes(claim.worker()),
                bytes(claim.number()),
                element.bytes(),
                bytes(reason.word()),
                bytes(error.length() > MAX_ERROR_LENGTH ? error.substring(0, MAX_ERROR_LENGTH) : error),
                bytes(firstSeen.toEpochMilli()));
        return buried == 1;
    }

    /** Reads where every accepted event is at this instant. */
    public Ledger ledger() {
        return ledger.read(tag);
    }

    /** Returns the dead letters of this partition. */
    public DeadLetters deadLetters() {
        return new DeadLetters(tag, keys, calls);
    }

    /**
     * Sends a write that changes nothing. Redis refuses it where it would refuse {@link #accept}: as a replica, without
     * memory, with a disk that fails, or without the replicas that it requires.
     *
     * @return completes if Redis would accept events; fails with a {@link QueueException}
     */
    public CompletionStage<?> probeAccept() {
        return calls.call(redis -> redis.lpushx(keys.probe, new byte[0]));
    }

    /** As {@link #probeAccept}, for the steps that drain the queue, which Redis allows where its memory is full. */
    public CompletionStage<?> probeDrain() {
        return calls.call(redis -> redis.del(keys.probe));
    }

    /**
     * Returns a name for the Redis that has this partition. Other servers have other names.
     *
     * @throws QueueException if it is not known which Redis has it
     */
    public String server() {
        return link.serverName(keys.queue);
    }

    /**
     * Checks the settings without which acknowledged events may be lost when Redis is killed. The result is the same
     * for all partitions of a {@link #server}.
     *
     * @return one sentence for each setting that differs from what the queue requires
     */
    public List<String> durabilityWarnings() {
        return new Durability(calls, keys).warnings();
    }

    private long giveBack(String worker, byte[] number, String end) {
        Long returned = calls.await(
                Script.GIVE_BACK,
                List.of(
                        keys.queue,
                        keys.bell,
                        keys.ledger,
                        keys.workers,
                        keys.attempts,
                        keys.displaced,
                        keys.inflight(worker)),
                bytes(worker),
                number,
                bytes(end));
        return returned;
    }
}
