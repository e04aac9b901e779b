package io.webanalytics.reporting.count;

import io.webanalytics.model.QueueSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of a report, all counted from the same buckets and one pass over the events.
 *
 * @param counted one result for each ask, in the order of the asks
 * @param sources what the results were counted from
 * @param snapshot what the queue held before the count; null until a processor has written it
 */
public record ReportFigures(
        List<Counted> counted, Sources sources, @Nullable QueueSnapshot snapshot) {

    /** Returns the result of the first ask. */
    public Counted first() {
        return counted.get(0);
    }
}
