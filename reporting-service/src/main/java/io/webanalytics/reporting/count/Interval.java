package io.webanalytics.reporting.count;

import java.time.Instant;
import java.util.List;

/**
 * A stretch of time.
 *
 * @param from its first instant
 * @param to the first instant after it
 */
public record Interval(Instant from, Instant to) {

    /** Appends to a list in the order of time; what follows on its last one makes that one longer. */
    static void append(List<Interval> list, Interval next) {
        int last = list.size() - 1;
        if (last >= 0 && list.get(last).to().equals(next.from())) {
            list.set(last, new Interval(list.get(last).from(), next.to()));
        } else {
            list.add(next);
        }
    }
}
