package io.webanalytics.processor.repeat;

import com.mongodb.MongoException;
import io.webanalytics.model.Outage;
import io.webanalytics.queue.QueueException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, until it is to stop. A failure is logged, and followed by a pause that is longer each time. */
public final class Loop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private final String name;
    private final Step step;
    private final Backoff backoff;
    private final Outage outage;
    private final Stop stop;
    private boolean logged;

    /** What a loop does again and again. */
    @FunctionalInterface
    public interface Step {

        /**
         * Does it once. A {@link RuntimeException} is a failure; an {@link Error} ends the thread.
         *
         * @return how long to pause then; null to pause as after a failure
         * @throws InterruptedException to end the loop
         */
        @Nullable
        Duration run() throws InterruptedException;
    }

    /**
     * @param name what does it, for the log
     * @param longestPause after failures
     * @param outage of the server that it asks
     */
    public Loop(String name, Step step, Duration longestPause, Outage outage, Stop stop) {
        this.name = name;
        this.step = step;
        this.backoff = Backoff.upTo(longestPause);
        this.outage = outage;
        this.stop = stop;
    }

    /** Returns a loop that pauses for a period after each time, and after failures no longer. An error is a failure, too. */
    public static Loop every(Duration period, String name, Runnable task, Outage outage, Stop stop) {
        Step step = () -> {
            try {
                task.run();
                return period;
            } catch (Error e) {
                throw new IllegalStateException(e);
            }
        };
        return new Loop(name, step, period, outage, stop);
    }

    @Override
    public void run() {
        while (!stop.isRequested()) {
            try {
                Duration pause = step.run();
                outage.worked(name);
                logged = false;
                if (pause == null) {
                    stop.pause(backoff.next());
                } else {
                    backoff.reset();
                    stop.pause(pause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                report(e);
                stop.pause(backoff.next());
            }
        }
    }

    /** Reports a server that fails to the {@link Outage}. Logs anything else with its stack, once until it works again. */
    private void report(RuntimeException failure) {
        if (stop.isRequested()) {
            return; // clients are being closed
        }
        if (failure instanceof MongoException || failure instanceof QueueException) {
            outage.failed(name, String.valueOf(failure.getMessage()));
        } else if (!logged) {
            logged = true;
            log.error("{} failed, and will try again until that works", name, failure);
        }
    }
}
