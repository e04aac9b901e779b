package io.webanalytics.reporting.count;

import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.Tally;
import io.webanalytics.rollup.TypeFigures;
import io.webanalytics.store.Dimension;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Assigns the views of a bucket to the hours and weekdays of a time zone. The bucket of an hour has the views of each quarter,
 * since offsets from UTC are whole quarters of an hour.
 */
final class TimeOfBucket {

    private TimeOfBucket() {}

    /** Whether a bucket can be assigned: the value does not change within the day, or within a quarter of the hour. */
    static boolean fits(BucketHead head, Dimension dimension, ZoneId zone) {
        Instant start = head.bucket().start();
        if (head.bucket().unit() == Unit.DAY) {
            return dimension == Dimension.WEEKDAY && isSame(start, head.through(), dimension, zone);
        }
        for (int quarter = 0; quarter < Tally.QUARTERS; quarter++) {
            if (!isSame(startOf(head, quarter), startOf(head, quarter + 1), dimension, zone)) {
                return false;
            }
        }
        return true;
    }

    static void add(BucketHead head, TypeFigures figures, Breakdown breakdown, RunningCount count) {
        if (head.bucket().unit() == Unit.DAY) {
            add(count, head.bucket().start(), breakdown, figures.views());
            return;
        }
        for (int quarter = 0; quarter < Tally.QUARTERS; quarter++) {
            add(count, startOf(head, quarter), breakdown, figures.quarters().get(quarter));
        }
    }

    private static void add(RunningCount count, Instant instant, Breakdown breakdown, long views) {
        if (views > 0) {
            count.add(breakdown.dimension().valueOf(instant, breakdown.zone()), views);
        }
    }

    private static Instant startOf(BucketHead head, int quarter) {
        return head.bucket().start().plus(TypeFigures.QUARTER.multipliedBy(quarter));
    }

    private static boolean isSame(Instant from, Instant to, Dimension dimension, ZoneId zone) {
        return dimension.valueOf(from, zone).equals(dimension.valueOf(to.minusMillis(1), zone));
    }
}
