package io.webanalytics.system.crash;

import java.util.List;

/** Threads of a test that end by themselves. */
final class Threads {

    private Threads() {}

    static void joinAll(List<Thread> threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
