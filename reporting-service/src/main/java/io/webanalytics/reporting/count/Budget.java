package io.webanalytics.reporting.count;

/**
 * The memory that a report takes, as far as it depends on what was sent and asked. Whatever grows asks before it does. All of it is
 * given back at the end.
 */
final class Budget implements AutoCloseable {

    private final ReportMemory memory;
    private final long most;
    private long taken;

    Budget(ReportMemory memory, long most) {
        this.memory = memory;
        this.most = most;
    }

    /** Something that grows. */
    final class Share {

        private long bytes;

        /**
         * It takes so much now.
         *
         * @throws UnansweredException if that is more than the report may take, or all reports
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

    private void change(long bytes) {
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
