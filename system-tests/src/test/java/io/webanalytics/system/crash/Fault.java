package io.webanalytics.system.crash;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A fault that can be injected, and is healed before the injection returns.
 *
 * @param name its name in the record
 */
record Fault(String name, Action action) {

    interface Action {

        /**
         * @param random for the random properties of the fault, such as its duration
         * @return whether the fault happened: one that waits for an occasion may find none
         */
        boolean injectAndHeal(Random random);
    }

    /** Waits for a random time, between {@code least} and twice as long. */
    static void hold(Random random, Duration least) {
        long end = System.nanoTime() + least.toNanos() + random.nextLong(least.toNanos());
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }
}
