package io.webanalytics.reporting.count;

import com.mongodb.MongoInterruptedException;
import io.webanalytics.reporting.ReportingProperties;
import java.io.Closeable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Bounds what all reports together take: how many there are at once, and how much memory they have. */
@Component
public final class ReportMemory {

    private final long mostOfOne;
    private final long mostOfAll;
    private final Semaphore places;
    private final AtomicLong taken = new AtomicLong();

    @Autowired
    public ReportMemory(ReportingProperties properties) {
        this(properties.reportMemory().toBytes(), properties.reportsMemory().toBytes(), properties.reportsAtOnce());
    }

    /**
     * @param mostOfOne bytes that one report may take
     * @param mostOfAll bytes that all may
     * @param mostAtOnce reports that are counted at the same time; others wait
     */
    ReportMemory(long mostOfOne, long mostOfAll, int mostAtOnce) {
        this.mostOfOne = mostOfOne;
        this.mostOfAll = mostOfAll;
        this.places = new Semaphore(mostAtOnce, true);
    }

    /**
     * Waits for a place.
     *
     * @throws UnansweredException if there is none before the deadline
     */
    Budget enter(Deadline deadline) {
        try {
            if (!places.tryAcquire(deadline.leftMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnansweredException(Unanswered.TOO_MANY_REPORTS);
            }
            return new Budget(this, mostOfOne);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("interrupted", e);
        }
    }

    /**
     * Takes memory for an answer that is being written, until it is closed.
     *
     * @throws UnansweredException if there is none left
     */
    public Closeable hold(long bytes) {
        change(bytes);
        return () -> change(-bytes);
    }

    void change(long bytes) {
        if (taken.addAndGet(bytes) > mostOfAll && bytes > 0) {
            taken.addAndGet(-bytes);
            throw new UnansweredException(Unanswered.TOO_MANY_REPORTS);
        }
    }

    void leave(long bytes) {
        taken.addAndGet(-bytes);
        places.release();
    }
}
