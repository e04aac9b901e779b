package io.webanalytics.store;

import com.mongodb.client.model.Filters;
import io.webanalytics.model.EventField;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.conversions.Bson;

/**
 * A stretch of time.
 *
 * @param from its first instant
 * @param to the first instant after it
 */
public record Interval(Instant from, Instant to) {

    /** Appends to a list in the order of time. An interval that continues the last one extends it. */
    public static void append(List<Interval> list, Interval next) {
        int last = list.size() - 1;
        if (last >= 0 && list.get(last).to().equals(next.from())) {
            list.set(last, new Interval(list.get(last).from(), next.to()));
        } else {
            list.add(next);
        }
    }

    /** Matches the events in the interval. */
    public Bson filter() {
        return Filters.and(
                Filters.gte(EventField.TIMESTAMP.word(), Date.from(from)),
                Filters.lt(EventField.TIMESTAMP.word(), Date.from(to)));
    }
}
