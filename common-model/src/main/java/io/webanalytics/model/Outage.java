package io.webanalytics.model;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a server that we depend on fails us. Logs one line when that begins, and one when it has worked again for some
 * seconds without a failure, however many ask and however the two mix.
 */
public final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);
    private static final long CALM_NANOS = Duration.ofSeconds(2).toNanos();

    private final String server;
    private volatile boolean failing;
    private volatile long lastFailure;

    /** @param server the server's name, for the log */
    public Outage(String server) {
        this.server = server;
    }

    /** The server failed us. */
    public void failed(String reason) {
        lastFailure = System.nanoTime();
        if (!failing) {
            turn(true, reason);
        }
    }

    /** The server did what it was asked. */
    public void worked() {
        if (failing && System.nanoTime() - lastFailure > CALM_NANOS) {
            turn(false, "");
        }
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
