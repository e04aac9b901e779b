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
 * One partition of the queue: its transitions, each one atomic step in Redis. Every method but {@link #accept} waits for
 * Redis, at most as long as the link's timeout, and throws {@link QueueException} where it does not answer.
 */
public final class EventQueue {

    /** Most elements of a claim: what Lua can unpack. */
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
     * Takes elements in, all of them or none.
     *
     * @param mostQueued how many events may be queued after it
     * @return completes once Redis has acknowledged, with the length of the queue; fails with a {@link QueueException},
     *     after which the elements may be queued or not. Where its reason is {@link RejectionReason#QUEUE_FULL}, they are
     *     not
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
     * Claims a batch: the one that the worker holds already, or else the oldest events of the queue. An element with two
     * dead workers behind it comes alone.
     *
     * @param lease how long until others may recover the batch
     * @param mostEvents 1 to {@link #MAX_CLAIM}
     * @param mostBytes the batch ends before it grows beyond this; a single element may
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

    /** Moves the lease on; false where the claim is lost. */
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
     * Lets go of a batch. Only to be called after MongoDB acknowledged every element that was not buried.
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
     * Returns a batch to the right end of the queue: an orderly stop.
     *
     * @return how many events went back, or -1 where the claim is lost
     */
    public long release(Claim claim) {
        return giveBack(claim.worker(), bytes(claim.number()), "right");
    }

    /**
     * Returns a batch to the left end of the queue, where it is claimed after all others: it cannot be stored now, and
     * others may.
     *
     * @return how many events went back, or -1 where the claim is lost
     */
    public long postpone(Claim claim) {
        return giveBack(claim.worker(), bytes(claim.number()), "left");
    }

    /**
     * Returns the batch of a worker whose lease has ended to the right end of the queue, each element's attempts counted.
     *
     * @return how many events went back, or -1 where the lease has not ended
     */
    public long recover(String worker) {
        return giveBack(worker, new byte[0], "right");
    }

    /**
     * Moves one element of a batch to the dead letters.
     *
     * @param firstSeen kept with it
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

    /** Where every accepted event is at this instant. */
    public Ledger ledger() {
        return ledger.read(tag);
    }

    /** What this partition could not store. */
    public DeadLetters deadLetters() {
        return new DeadLetters(tag, keys, calls);
    }

    /**
     * Writes nothing, in a way that Redis refuses where it would refuse {@link #accept}: as a replica, without memory, with a disk that
     * fails, or without the replicas that it wants.
     *
     * @return completes if Redis would take events; fails with a {@link QueueException}
     */
    public CompletionStage<?> probeAccept() {
        return calls.call(redis -> redis.lpushx(keys.probe, new byte[0]));
    }

    /** As {@link #probeAccept}, for the steps that drain the queue: they are allowed where memory is full. */
    public CompletionStage<?> probeDrain() {
        return calls.call(redis -> redis.del(keys.probe));
    }

    /**
     * Tells the Redis that has this partition from those that have others.
     *
     * @throws QueueException if that is not known
     */
    public String server() {
        return link.serverName(keys.queue);
    }

    /**
     * What stands between an acknowledgement of Redis and its promise: nothing acknowledged is lost when Redis is killed. The same
     * for all partitions of a {@link #server}.
     *
     * @return one sentence for each setting that differs from what the queue asks for
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
