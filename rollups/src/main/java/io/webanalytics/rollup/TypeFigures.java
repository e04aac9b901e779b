package io.webanalytics.rollup;

import java.time.Duration;
import java.util.List;

/**
 * How much there is of one type of event in a bucket.
 *
 * @param eventType the type
 * @param views its events
 * @param users its distinct users
 * @param quarters of an hour: views of each of its quarters, where hours of zones begin whose offset is no whole hour; of a
 *     day: nothing
 */
public record TypeFigures(String eventType, long views, long users, List<Long> quarters) {

    /** A quarter of an hour. */
    public static final Duration QUARTER = Bucket.Unit.HOUR.length().dividedBy(Tally.QUARTERS);
}
