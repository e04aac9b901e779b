package io.webanalytics.processor.repeat;

import com.mongodb.MongoException;
import io.webanalytics.model.Outage;
import io.webanalytics.queue.QueueException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a step until a stop is requested. A failure is logged, and followed by a backoff. */
public final class Loop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private final String name;
    private final Step step;
    private final Backoff backoff;
    private final Outage outage;
    private final Stop stop;
    private boolean logged;

    /** What a loop repeats. */
    @FunctionalInterface
    public interface Step {

        /**
         * Runs once. A {@link RuntimeException} is a failure; an {@link Error} ends the thread.
         *
         * @return how long to pause afterwards; null for a backoff as after a failure
         * @throws InterruptedException to end the loop
         */
        @Nullable
        Duration run() throws InterruptedException;
    }

    /**
     * @param name of the loop in the log
     * @param longestPause after failures
     * @param outage of the server that the step uses
     */
    public Loop(String name, Step step, Duration longestPause, Outage outage, Stop stop) {
        this.name = name;
        this.step = step;
        this.backoff = Backoff.upTo(longestPause);
        this.outage = outage;
        this.stop = stop;
    }

    /** Returns a loop that pauses for a period after each run, and at most that long after a failure, which an error is too. */
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

    /** Reports a failing server to the {@link Outage}. Logs any other failure with its stack trace, once until a run succeeds. */
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
