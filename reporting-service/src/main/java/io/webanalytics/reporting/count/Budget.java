package io.webanalytics.reporting.count;

/**
 * What a report may take: memory, as far as that depends on what was sent and asked, and time. Whatever grows asks before it does.
 * All of it is given back at the end.
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

    /** Something that grows. */
    final class Share {

        private long bytes;

        /**
         * It takes so much now.
         *
         * @throws UnansweredException if that is more than the report may take, or all reports
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

    /** What the report may take. */
    long most() {
        return most;
    }

    /** What it may take yet. */
    long left() {
        return most - taken;
    }

    /** Gives everything back: what was counted so far is for nothing, and its shares are not used any more. */
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
