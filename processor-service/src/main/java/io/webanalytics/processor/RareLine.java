package io.webanalytics.processor;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Something that may happen very often, and is worth a line in the log at most once a minute. Safe for use by many threads. */
final class RareLine {

    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

    private long untold;
    private long tellAt = System.nanoTime();

    /**
     * It happened.
     *
     * @param line is given how often since the last line, where one is due
     */
    synchronized void tell(LongConsumer line) {
        untold++;
        if (System.nanoTime() - tellAt >= 0) {
            line.accept(untold);
            untold = 0;
            tellAt = System.nanoTime() + PERIOD_NANOS;
        }
    }
}
