package io.webanalytics.processor.repeat;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Exponential backoff: pauses from 100 ms to 5 s, each shortened at random by up to a half so that threads spread. */
public final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5_000;

    private final long longest;
    private long millis;

    public Backoff() {
        this(LONGEST_MILLIS);
    }

    private Backoff(long longest) {
        this.longest = longest;
        reset();
    }

    /** Returns a backoff whose pauses are at most that long, and at most 5 s. */
    static Backoff upTo(Duration longest) {
        return new Backoff(Math.min(longest.toMillis(), LONGEST_MILLIS));
    }

    /** Returns the next pause. */
    public Duration next() {
        long pause = ThreadLocalRandom.current().nextLong(millis / 2, millis + 1);
        millis = Math.min(millis * 2, longest);
        return Duration.ofMillis(pause);
    }

    void reset() {
        millis = Math.min(FIRST_MILLIS, longest);
    }
}
