package io.webanalytics.processor.repeat;

import com.mongodb.MongoException;
import io.webanalytics.model.Outage;
import io.webanalytics.queue.QueueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of what fails somebody who tries again and again: a server that does is an {@link Outage}; anything else is an error with
 * its stack, once until it works again. For one thread.
 */
public final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private final String who;
    private final Outage outage;
    private final Stop stop;
    private boolean told;

    /**
     * @param who for the log
     * @param outage of the server that is asked
     */
    public Failures(String who, Outage outage, Stop stop) {
        this.who = who;
        this.outage = outage;
        this.stop = stop;
    }

    public void worked() {
        outage.worked(who);
        told = false;
    }

    public void failed(Throwable failure) {
        if (stop.isRequested()) {
            return; // clients are being closed
        }
        if (failure instanceof MongoException || failure instanceof QueueException) {
            outage.failed(who, String.valueOf(failure.getMessage()));
        } else if (!told) {
            told = true;
            log.error("{} failed, and will try again until that works", who, failure);
        }
    }
}
