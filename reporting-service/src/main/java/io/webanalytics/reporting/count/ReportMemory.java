package io.webanalytics.reporting.count;

import com.mongodb.MongoInterruptedException;
import io.webanalytics.reporting.ReportingProperties;
import java.io.Closeable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Limits all reports together: how many are counted at once, and how much memory they take. */
@Component
public final class ReportMemory {

    private final long mostOfOne;
    private final long mostOfAll;
    private final Semaphore places;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong held = new AtomicLong();

    @Autowired
    public ReportMemory(ReportingProperties properties) {
        this(properties.reportMemory().toBytes(), properties.reportsMemory().toBytes(), properties.reportsAtOnce());
    }

    /**
     * @param mostOfOne bytes that one report may take
     * @param mostOfAll bytes that all reports together may take
     * @param mostAtOnce reports that are counted at the same time; others wait
     */
    ReportMemory(long mostOfOne, long mostOfAll, int mostAtOnce) {
        this.mostOfOne = mostOfOne;
        this.mostOfAll = mostOfAll;
        this.places = new Semaphore(mostAtOnce, true);
    }

    /**
     * Waits until a report may be counted, in order of arrival.
     *
     * @throws UnansweredException if that is not before the deadline
     */
    Budget enter(Deadline deadline) {
        try {
            if (!places.tryAcquire(deadline.leftMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnansweredException(Unanswered.TOO_MANY_REPORTS);
            }
            return new Budget(this, mostOfOne, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("interrupted", e);
        }
    }

    /**
     * Reserves memory for an answer while it is written; closing the result releases it. All answers together get at most half of
     * the memory, so that slow readers do not keep other reports from being counted.
     *
     * @throws UnansweredException if there is not enough left
     */
    public Closeable hold(long bytes) {
        change(held, bytes, mostOfAll / 2);
        try {
            change(bytes);
        } catch (UnansweredException e) {
            held.addAndGet(-bytes);
            throw e;
        }
        return () -> {
            held.addAndGet(-bytes);
            change(-bytes);
        };
    }

    void change(long bytes) {
        change(taken, bytes, mostOfAll);
    }

    private static void change(AtomicLong taken, long bytes, long most) {
        if (taken.addAndGet(bytes) > most && bytes > 0) {
            taken.addAndGet(-bytes);
            throw new UnansweredException(Unanswered.TOO_MANY_REPORTS);
        }
    }

    void leave(long bytes) {
        taken.addAndGet(-bytes);
        places.release();
    }
}
