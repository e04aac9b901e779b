package io.webanalytics.model;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a server that we depend on is away. Logs one line when it goes and one when it is back, however many ask. */
public final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private final String server;
    private final AtomicBoolean away = new AtomicBoolean();

    /** @param server the server's name, for the log */
    public Outage(String server) {
        this.server = server;
    }

    /** The server failed us. */
    public void failed(String reason) {
        if (!away.get() && away.compareAndSet(false, true)) {
            log.warn("{} is away: {}", server, reason);
        }
    }

    /** The server did what it was asked. */
    public void worked() {
        if (away.get() && away.compareAndSet(true, false)) {
            log.info("{} is back", server);
        }
    }
}
