package io.webanalytics.processor.batch;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Writes a line to the log at most once a minute, however often it is called. Thread-safe. */
final class LogThrottle {

    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

    private long times;
    private long nextAt = System.nanoTime();

    /** @param line writes the line, if one is due; receives the number of calls since the last line */
    synchronized void log(LongConsumer line) {
        times++;
        if (System.nanoTime() - nextAt >= 0) {
            line.accept(times);
            times = 0;
            nextAt = System.nanoTime() + PERIOD_NANOS;
        }
    }
}
