package io.webanalytics.processor;

import com.mongodb.MongoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the index of the reports when the processor starts, however often that takes. Events are stored meanwhile. */
final class IndexBuilder implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(IndexBuilder.class);

    private final EventStore store;
    private final Stop stop;

    IndexBuilder(EventStore store, Stop stop) {
        this.store = store;
        this.stop = stop;
    }

    @Override
    public void run() {
        Backoff backoff = new Backoff();
        boolean told = false;
        while (!stop.isRequested()) {
            try {
                store.ensureIndex();
                return;
            } catch (MongoException | IllegalStateException e) { // the latter of a client that is closed meanwhile
                if (!told) {
                    log.warn("The index of the reports is not there yet, reports may be slow: {}", e.getMessage());
                    told = true;
                }
                stop.pause(backoff.next());
            }
        }
    }
}
