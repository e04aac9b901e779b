package io.webanalytics.model;

import java.time.Duration;
import java.util.function.LongSupplier;
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
    private final LongSupplier nanoTime;
    private volatile boolean failing;
    private volatile boolean workedSince;
    private volatile long lastFailure;

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
        if (workedSince && isCalm()) {
            turn(false, ""); // it worked again, and nobody asked for so long that nobody could say so
        }
        lastFailure = nanoTime.getAsLong();
        workedSince = false;
        if (!failing) {
            turn(true, reason);
        }
    }

    /** The server did what it was asked. */
    public void worked() {
        if (failing) {
            workedSince = true;
            if (isCalm()) {
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
