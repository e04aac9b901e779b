package io.webanalytics.processor.repeat;

import com.mongodb.MongoException;
import io.webanalytics.model.Outage;
import io.webanalytics.queue.QueueException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again until it is to stop. A failure is logged, and followed by a pause that is longer each time. For
 * one thread.
 */
public final class Loop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private final String name;
    private final Step step;
    private final Duration period;
    private final Backoff backoff;
    private final boolean endsOnError;
    private final Outage outage;
    private final Stop stop;
    private boolean logged;

    /** What a loop does again and again. */
    @FunctionalInterface
    public interface Step {

        /**
         * Does it once. A {@link RuntimeException} is a failure.
         *
         * @return false to pause as after a failure
         * @throws InterruptedException to end the loop
         */
        boolean run() throws InterruptedException;
    }

    private Loop(
            String name,
            Step step,
            Duration period,
            Duration longestBackoff,
            boolean endsOnError,
            Outage outage,
            Stop stop) {
        this.name = name;
        this.step = step;
        this.period = period;
        this.backoff = Backoff.upTo(longestBackoff);
        this.endsOnError = endsOnError;
        this.outage = outage;
        this.stop = stop;
    }

    /**
     * Returns a loop that goes on at once after a step. An {@link Error} ends its thread.
     *
     * @param name of the loop, for the log
     * @param longestBackoff the longest pause after failures
     * @param outage of the server that the step calls
     */
    public static Loop withoutPause(String name, Step step, Duration longestBackoff, Outage outage, Stop stop) {
        return new Loop(name, step, Duration.ZERO, longestBackoff, true, outage, stop);
    }

    /** Returns a loop that pauses for a period after each time, and after failures not longer than that. It survives an error. */
    public static Loop every(String name, Runnable task, Duration period, Outage outage, Stop stop) {
        Step step = () -> {
            task.run();
            return true;
        };
        return new Loop(name, step, period, period, false, outage, stop);
    }

    @Override
    public void run() {
        while (!stop.isRequested()) {
            try {
                boolean done = step.run();
                outage.worked(name);
                logged = false;
                if (done) {
                    backoff.reset();
                    stop.pause(period);
                } else {
                    stop.pause(backoff.next());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                if (e instanceof Error error && endsOnError) {
                    throw error;
                }
                report(e);
                stop.pause(backoff.next());
            }
        }
    }

    /** Reports a failing server to the {@link Outage}. Logs any other failure with its stack trace, once until a run succeeds. */
    private void report(Throwable failure) {
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
