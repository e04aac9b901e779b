package io.webanalytics.system.crash;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Something that breaks, and is mended again before it returns.
 *
 * @param name what it is, for the record
 */
record Fault(String name, Action action) {

    interface Action {

        /**
         * @param random for what the fault leaves to chance, such as how long it lasts
         * @return whether it happened: what waits for an occasion may not get one
         */
        boolean injectAndHeal(Random random);
    }

    /** Lets that much time pass, and up to as much again. */
    static void hold(Random random, Duration least) {
        long end = System.nanoTime() + least.toNanos() + random.nextLong(least.toNanos());
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }
}
