package io.webanalytics.queue;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells idle workers that there may be something to claim. What {@code BRPOP} takes here is a token, never an event: a
 * token that is lost with its taker costs at most {@link #PERIOD}, since every waiter claims when that is over anyway.
 *
 * @see <a href="https://redis.io/docs/latest/commands/brpop/">BRPOP</a>
 */
public final class Bell {

    /** How long a waiter waits for the bell before it looks for itself. */
    public static final Duration PERIOD = Duration.ofSeconds(1);

    private final RedisLink link;
    private final QueueCalls calls;
    private final QueueKeys keys;
    private final ReentrantLock oneWaiter = new ReentrantLock();

    /**
     * @param link a connection of the bell's own, since {@code BRPOP} blocks it; its timeout is longer than the period
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
     * Waits until the bell rings, at most {@link #PERIOD}. Of several threads one listens; when it leaves, the next does.
     *
     * @throws QueueException if Redis does not answer
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
        link.awaitConnection(PERIOD); // which is being opened at the start, and that is no failure
        try {
            calls.call(redis -> redis.brpop(PERIOD.toSeconds(), keys.bell))
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw QueueException.of(e);
        }
    }
}
