package io.webanalytics.queue;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes idle workers when there may be something to claim. {@code BRPOP} pops a token here, never an event. A token
 * that is lost costs at most {@link #PERIOD}: every waiting worker claims at the end of the period anyway.
 *
 * @see <a href="https://redis.io/docs/latest/commands/brpop/">BRPOP</a>
 */
public final class Bell implements AutoCloseable {

    /** How long a worker waits for the bell before it claims without it. */
    public static final Duration PERIOD = Duration.ofSeconds(1);

    private final RedisLink link;
    private final QueueCalls calls;
    private final QueueKeys keys;
    private final ReentrantLock oneWaiter = new ReentrantLock();

    /**
     * @param link a connection for the bell alone, since {@code BRPOP} blocks it; its timeout is longer than the period
     * @param tag the partition's hash tag
     */
    public Bell(RedisLink link, String tag) {
        if (link.timeout().compareTo(PERIOD) <= 0) {
            throw new IllegalArgumentException("the bell's link must wait longer than " + PERIOD);
        }
        this.link = link;
        this.calls = new QueueCalls(link);
        this.keys = new QueueKeys(tag);
    }

    /**
     * Waits until the bell rings, at most {@link #PERIOD}. One thread listens at a time; the next takes its place.
     *
     * @throws QueueException if Redis does not answer, or the bell is closed
     */
    public void await() throws InterruptedException {
        if (oneWaiter.tryLock(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                listen();
            } finally {
                oneWaiter.unlock();
            }
        }
    }

    private void listen() throws InterruptedException {
        link.awaitConnection(PERIOD); // at the start it is still being opened: not a failure
        try {
            calls.call(redis -> redis.brpop(PERIOD.toSeconds(), keys.bell))
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw QueueException.of(e);
        }
    }

    /** Ends the waiting: {@link #await} fails from now on. */
    @Override
    public void close() {
        link.close();
    }
}
