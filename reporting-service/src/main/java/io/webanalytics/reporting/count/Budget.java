package io.webanalytics.reporting.count;

/**
 * Limits the time and the memory of a report. It counts the memory that depends on the data and on the request. A structure that
 * grows reserves memory first. Closing the budget releases all of it.
 */
final class Budget implements AutoCloseable {

    private final ReportMemory memory;
    private final long most;
    private final Deadline deadline;
    private long taken;

    Budget(ReportMemory memory, long most, Deadline deadline) {
        this.memory = memory;
        this.most = most;
        this.deadline = deadline;
    }

    /** The memory of one structure that grows. */
    final class Share {

        private long bytes;

        /**
         * Sets how many bytes the structure takes from now on.
         *
         * @throws UnansweredException if the report, or all reports together, would take more than they may
         * @throws com.mongodb.MongoExecutionTimeoutException if there is no time left
         */
        void set(long now) {
            change(now - bytes);
            bytes = now;
        }
    }

    Share share() {
        return new Share();
    }

    /** Returns how many bytes the report may take. */
    long most() {
        return most;
    }

    /** Returns how many bytes the report may still take. */
    long left() {
        return most - taken;
    }

    /** Releases all memory before the report is counted again. Earlier shares must not be used any more. */
    void startAgain() {
        memory.change(-taken);
        taken = 0;
    }

    private void change(long bytes) {
        deadline.leftMillis();
        if (taken + bytes > most) {
            throw new UnansweredException(Unanswered.REPORT_TOO_LARGE);
        }
        memory.change(bytes);
        taken += bytes;
    }

    @Override
    public void close() {
        memory.leave(taken);
    }
}
