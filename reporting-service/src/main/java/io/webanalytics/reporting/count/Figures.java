package io.webanalytics.reporting.count;

import io.webanalytics.model.QueueSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came out, all of it from the same buckets and the same reading of events.
 *
 * @param counted of each ask, in their order
 * @param sources what it was counted from
 * @param snapshot what the queue held before anything was counted; null where nobody has said so yet
 */
public record Figures(
        List<Counted> counted, Sources sources, @Nullable QueueSnapshot snapshot) {

    /** Of the first ask. */
    public Counted first() {
        return counted.get(0);
    }
}
