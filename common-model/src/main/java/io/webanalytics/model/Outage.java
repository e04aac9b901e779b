package io.webanalytics.model;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a server that we depend on fails us. Logs one line when that begins, and one when it has worked again for some
 * seconds without a failure, however many ask and however the two mix. Askers that are told apart must all have been served
 * again: what works for one may go on failing another.
 */
public final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);
    private static final long CALM_NANOS = Duration.ofSeconds(2).toNanos();

    /** Longer than any pause between two tries, and the longest that a try may take: whoever failed before does not ask any more. */
    private static final long GONE_NANOS = Duration.ofMinutes(10).toNanos();

    private static final String ANYBODY = "";

    private final String server;
    private final LongSupplier nanoTime;
    private volatile boolean failing;
    private volatile long lastFailure;

    /** Those who asked last in vain, and when. */
    private final Map<String, Long> failed = new ConcurrentHashMap<>();

    /** @param server the server's name, for the log */
    public Outage(String server) {
        this(server, System::nanoTime);
    }

    Outage(String server, LongSupplier nanoTime) {
        this.server = server;
        this.nanoTime = nanoTime;
    }

    /** The server failed us. */
    public void failed(String reason) {
        failed(ANYBODY, reason);
    }

    /** The server did what it was asked. */
    public void worked() {
        worked(ANYBODY);
    }

    /**
     * The server failed one of us.
     *
     * @param asker one of few, who ask again and again
     */
    public void failed(String asker, String reason) {
        if (failed.isEmpty() && isCalm()) {
            turn(false, ""); // it worked again, and nobody asked for so long that nobody could say so
        }
        lastFailure = nanoTime.getAsLong();
        failed.put(asker, lastFailure);
        if (!failing) {
            turn(true, reason);
        }
    }

    /** The server did what one of us asked. */
    public void worked(String asker) {
        if (failing) {
            failed.remove(asker);
            long now = nanoTime.getAsLong();
            failed.values().removeIf(last -> now - last > GONE_NANOS); // as a worker that has lost its batch meanwhile
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
