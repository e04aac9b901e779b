package io.webanalytics.processor.rollup;

import com.mongodb.MongoException;
import io.webanalytics.model.Outage;
import io.webanalytics.rollup.Bucket;
import java.util.Set;
import java.util.function.Consumer;

/** Marks the hours of a stored batch dirty, so that their rollups are built again. */
public final class RollupMarks {

    private final Consumer<Set<Bucket>> marks;
    private final Outage outage;

    /** @param marks throws a {@link MongoException} if it is not certain that the hours are marked */
    public RollupMarks(Consumer<Set<Bucket>> marks, Outage outage) {
        this.marks = marks;
        this.outage = outage;
    }

    /**
     * Marks hours.
     *
     * @param worker the worker that holds the batch
     * @return whether it is certain that they are marked: otherwise the batch must not be settled
     */
    public boolean mark(String worker, Set<Bucket> hours) {
        try {
            marks.accept(hours);
            outage.worked(worker);
            return true;
        } catch (MongoException e) {
            outage.failed(worker, String.valueOf(e.getMessage()));
            return false;
        }
    }
}
