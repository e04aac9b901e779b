package io.webanalytics.model;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a server that a service depends on fails. Logs one line when that begins, and one when the server has worked
 * for some seconds without a failure, however many calls there are and however failures and successes mix. Callers that
 * give their names must all have succeeded again: what works for one may still fail for another.
 */
public final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);
    private static final long CALM_NANOS = Duration.ofSeconds(2).toNanos();

    /** Longer than any pause between two tries plus the longest try: a caller that failed earlier calls no more. */
    private static final long GONE_NANOS = Duration.ofMinutes(10).toNanos();

    private static final String ANYBODY = "";

    private final String server;
    private final LongSupplier nanoTime;
    private volatile boolean failing;
    private volatile long lastFailure;

    /** The callers whose last call failed, and when it did. */
    private final Map<String, Long> failed = new ConcurrentHashMap<>();

    /** @param server the server's name, for the log */
    public Outage(String server) {
        this(server, System::nanoTime);
    }

    Outage(String server, LongSupplier nanoTime) {
        this.server = server;
        this.nanoTime = nanoTime;
    }

    /** Notes that a call failed. */
    public void failed(String reason) {
        failed(ANYBODY, reason);
    }

    /** Notes that a call succeeded. */
    public void worked() {
        worked(ANYBODY);
    }

    /**
     * Notes that a caller's call failed.
     *
     * @param asker the caller's name: one of few, each of which calls again and again
     */
    public void failed(String asker, String reason) {
        if (failed.isEmpty() && isCalm()) {
            turn(false, ""); // it worked again, but no call has come since to log that
        }
        lastFailure = nanoTime.getAsLong();
        failed.put(asker, lastFailure);
        if (!failing) {
            turn(true, reason);
        }
    }

    /** Notes that a caller's call succeeded. */
    public void worked(String asker) {
        if (failing) {
            failed.remove(asker);
            long now = nanoTime.getAsLong();
            failed.values().removeIf(last -> now - last > GONE_NANOS); // such as a worker that lost its batch
            if (failed.isEmpty() && isCalm()) {
                turn(false, "");
            }
        }
    }

    private boolean isCalm() {
        return nanoTime.getAsLong() - lastFailure > CALM_NANOS;
    }

    private synchronized void turn(boolean nowFailing, String reason) {
        if (failing == nowFailing) {
            return;
        }
        failing = nowFailing;
        if (nowFailing) {
            log.warn("{} fails: {}", server, reason);
        } else {
            log.info("{} works again", server);
        }
    }
}
