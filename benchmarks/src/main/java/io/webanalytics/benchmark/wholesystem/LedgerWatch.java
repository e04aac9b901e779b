package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Results;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reads the ledger once a second. */
final class LedgerWatch implements AutoCloseable {

    private final WholeSystem system;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private int balanced;
    private int unbalanced;
    private int unanswered;
    private long longestQueue;

    LedgerWatch(WholeSystem system) {
        this.system = system;
        clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            LedgerFigures ledger = system.ledger();
            synchronized (this) {
                balanced += ledger.balanced() ? 1 : 0;
                unbalanced += ledger.balanced() ? 0 : 1;
                longestQueue = Math.max(longestQueue, ledger.queued());
            }
        } catch (Exception e) {
            Results.progress("ledger: " + e);
            synchronized (this) {
                unanswered++;
            }
        }
    }

    /** Returns the longest queue since the last call. */
    synchronized long longestQueue() {
        long longest = longestQueue;
        longestQueue = 0;
        return longest;
    }

    synchronized String describe() {
        return String.format(
                "The ledger, asked for every second: balanced %,d times, unbalanced %d times, without an answer %d times.",
                balanced, unbalanced, unanswered);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
