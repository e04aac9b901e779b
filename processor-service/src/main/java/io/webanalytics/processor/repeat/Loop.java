package io.webanalytics.processor.repeat;

import io.webanalytics.model.Outage;
import java.time.Duration;

/**
 * Does something again and again, with a pause after each time, until it is to stop. No failure ends it: it is told of, and the
 * next try comes after a pause that is longer each time, and never longer than the usual one.
 */
public final class Loop implements Runnable {

    private final Runnable task;
    private final Duration period;
    private final Failures failures;
    private final Stop stop;

    /**
     * @param name what does it, for the log
     * @param outage of the server that it asks
     */
    public Loop(String name, Runnable task, Duration period, Outage outage, Stop stop) {
        this.task = task;
        this.period = period;
        this.failures = new Failures(name, outage, stop);
        this.stop = stop;
    }

    @Override
    public void run() {
        Backoff backoff = Backoff.upTo(period);
        while (!stop.isRequested()) {
            try {
                task.run();
                failures.worked();
                backoff.reset();
                stop.pause(period);
            } catch (RuntimeException | Error e) {
                failures.failed(e);
                stop.pause(backoff.next());
            }
        }
    }
}
