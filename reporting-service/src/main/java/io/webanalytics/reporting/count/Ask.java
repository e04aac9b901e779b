package io.webanalytics.reporting.count;

import io.webanalytics.store.Interval;
import org.jspecify.annotations.Nullable;

/**
 * The figures that a report needs for one interval.
 *
 * @param interval the interval
 * @param users whether distinct users are counted
 * @param exact whether users are counted one by one whatever their number, as far as memory allows
 * @param breakdown how views are broken down, null without a breakdown
 */
public record Ask(
        Interval interval,
        boolean users,
        boolean exact,
        @Nullable Breakdown breakdown) {

    /** Asks for the views and the distinct users of an interval. */
    public static Ask figures(Interval interval, boolean exact) {
        return new Ask(interval, true, exact, null);
    }

    /** Returns a copy with a breakdown. */
    public Ask with(Breakdown by) {
        return new Ask(interval, users, exact, by);
    }

    /** Asks for the views of an interval, broken down. */
    public static Ask breakdown(Interval interval, Breakdown by) {
        return new Ask(interval, false, false, by);
    }
}
