package io.webanalytics.reporting.count;

import com.mongodb.MongoExecutionTimeoutException;
import java.time.Duration;

/** The time by which a report must be done. Each MongoDB operation is limited to the time left. */
final class Deadline {

    private static final int MAX_TIME_EXPIRED = 50;

    private final long at;

    Deadline(Duration length) {
        at = System.nanoTime() + length.toNanos();
    }

    /** @throws MongoExecutionTimeoutException if no time is left */
    long leftMillis() {
        long left = (at - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new MongoExecutionTimeoutException(MAX_TIME_EXPIRED, "the report took longer than it may");
        }
        return left;
    }
}
