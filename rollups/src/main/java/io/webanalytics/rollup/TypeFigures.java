package io.webanalytics.rollup;

import java.time.Duration;
import java.util.List;

/**
 * The figures of one type of event in a bucket.
 *
 * @param eventType the type
 * @param views the number of its events
 * @param users the number of its distinct users
 * @param quarters of an hour: the views of each quarter, for time zones whose offset is not a whole hour; of a day: empty
 */
public record TypeFigures(String eventType, long views, long users, List<Long> quarters) {

    /** A quarter of an hour. */
    public static final Duration QUARTER = Bucket.Unit.HOUR.length().dividedBy(Tally.QUARTERS);
}
