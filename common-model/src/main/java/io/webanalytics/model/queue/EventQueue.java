package io.webanalytics.model.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Range;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.model.queue.Claim.Element;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One partition of the queue: its transitions, each one atomic step in Redis. Every method but {@link #accept} waits for
 * Redis, at most as long as the link's timeout, and throws {@link QueueException} where it does not answer.
 */
public final class EventQueue {

    /** Most elements of a claim: what Lua can unpack. */
    public static final int MAX_CLAIM = 7_000;

    private static final int MAX_ERROR_LENGTH = 1_000;

    private static final Map<String, String> DURABLE_SETTINGS =
            new TreeMap<>(Map.of("appendonly", "yes", "appendfsync", "always", "maxmemory-policy", "noeviction"));

    private final RedisLink link;
    private final QueueKeys keys;

    /**
     * @param link the connection
     * @param tag the partition's hash tag, {@code 0} for the only one
     */
    public EventQueue(RedisLink link, String tag) {
        this.link = link;
        this.keys = new QueueKeys(tag);
    }

    /**
     * Takes elements in.
     *
     * @return completes once Redis has acknowledged, with the length of the queue; fails with a {@link QueueException},
     *     after which the elements may be queued or not
     */
    public CompletionStage<Long> accept(List<byte[]> elements) {
        return run(Script.ACCEPT, new byte[][] {keys.queue, keys.bell, keys.ledger}, elements.toArray(new byte[0][]));
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
        List<Object> reply = await(run(
                Script.CLAIM,
                new byte[][] {keys.queue, keys.bell, keys.ledger, keys.workers, keys.attempts, keys.inflight(worker)},
                bytes(worker),
                bytes(lease.toMillis()),
                bytes(mostEvents),
                bytes(mostBytes)));
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
        Long renewed = await(run(
                Script.RENEW,
                new byte[][] {keys.ledger, keys.workers},
                bytes(claim.worker()),
                bytes(claim.number()),
                bytes(lease.toMillis())));
        return renewed == 1;
    }

    /**
     * Lets go of a batch. Only to be called after MongoDB acknowledged every element that was not buried.
     *
     * @return how many events were settled, or -1 where the claim is lost
     */
    public long settle(Claim claim) {
        return await(run(
                Script.SETTLE,
                new byte[][] {keys.ledger, keys.workers, keys.attempts, keys.inflight(claim.worker())},
                bytes(claim.worker()),
                bytes(claim.number())));
    }

    /**
     * Returns a batch to the right end of the queue: an orderly stop.
     *
     * @return how many events went back, or -1 where the claim is lost
     */
    public long release(Claim claim) {
        return giveBack(claim.worker(), bytes(claim.number()));
    }

    /**
     * Moves one element of a batch to the dead letters.
     *
     * @return false where the claim is lost, or does not hold the element
     */
    public boolean bury(Claim claim, Element element, RejectionReason reason, String error) {
        Long buried = await(run(
                Script.BURY,
                new byte[][] {keys.ledger, keys.workers, keys.attempts, keys.inflight(claim.worker()), keys.dead},
                bytes(claim.worker()),
                bytes(claim.number()),
                element.bytes(),
                bytes(reason.word()),
                bytes(error.length() > MAX_ERROR_LENGTH ? error.substring(0, MAX_ERROR_LENGTH) : error)));
        return buried == 1;
    }

    /**
     * Returns the batches of workers whose lease has ended to the right end of the queue, each element's attempts
     * counted.
     *
     * @return how many events went back
     */
    public long recover() {
        long recovered = 0;
        long now = Long.parseLong(
                        new String(await(call(() -> link.commands().time())).get(0), UTF_8))
                * 1000;
        for (byte[] worker : await(call(() -> link.commands().zrangebyscore(keys.workers, Range.create(0, now))))) {
            recovered += Math.max(0, giveBack(new String(worker, UTF_8), new byte[0]));
        }
        return recovered;
    }

    /** How many events are queued. */
    public long length() {
        return await(call(() -> link.commands().llen(keys.queue)));
    }

    /** How many elements are dead. */
    public long dead() {
        return await(call(() -> link.commands().xlen(keys.dead)));
    }

    /** The element at the right end of the queue: the oldest, unless batches came back. Null where there is none. */
    public byte @Nullable [] oldest() {
        return await(call(() -> link.commands().lindex(keys.queue, -1)));
    }

    /**
     * What stands between an acknowledgement of Redis and its promise: nothing acknowledged is lost when Redis is killed.
     *
     * @return one sentence for each setting that differs from what the queue asks for
     */
    public List<String> durabilityWarnings() {
        await(call(() -> link.commands().ping()));
        List<String> warnings = new ArrayList<>();
        DURABLE_SETTINGS.forEach((setting, wanted) -> {
            try {
                String found =
                        await(call(() -> link.commands().configGet(setting))).get(setting);
                if (!wanted.equals(found)) {
                    warnings.add("Redis runs with " + setting + " " + found + " instead of " + wanted);
                }
            } catch (QueueException e) {
                warnings.add("Redis does not tell its " + setting + ", which should be " + wanted);
            }
        });
        return warnings;
    }

    private long giveBack(String worker, byte[] number) {
        return await(run(
                Script.GIVE_BACK,
                new byte[][] {keys.queue, keys.bell, keys.ledger, keys.workers, keys.attempts, keys.inflight(worker)},
                bytes(worker),
                number));
    }

    private <T> CompletionStage<T> run(Script script, byte[][] scriptKeys, byte[]... arguments) {
        return call(() -> script.run(link.commands(), scriptKeys, arguments));
    }

    /** Ends within the link's timeout, whatever it takes: a script that Redis has forgotten is sent twice. */
    private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> command) {
        try {
            return command.get()
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(link.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .handle(this::answer)
                    .thenCompose(reply -> reply);
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private <T> CompletionStage<T> answer(T reply, Throwable failure) {
        if (failure == null) {
            link.heard();
            return CompletableFuture.completedStage(reply);
        }
        QueueException exception = QueueException.of(failure);
        link.failed(exception.getCause());
        return CompletableFuture.failedStage(exception);
    }

    private static <T> CompletionStage<T> failed(Throwable failure) {
        return CompletableFuture.failedStage(QueueException.of(failure));
    }

    private <T> T await(CompletionStage<T> reply) {
        try {
            return reply.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw QueueException.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw QueueException.of(e);
        }
    }

    private static byte[] bytes(Object value) {
        return value.toString().getBytes(UTF_8);
    }
}
