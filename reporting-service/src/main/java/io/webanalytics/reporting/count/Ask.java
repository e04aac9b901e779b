package io.webanalytics.reporting.count;

import io.webanalytics.store.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What a report wants to know of a stretch of time.
 *
 * @param interval the time
 * @param users whether distinct users are counted
 * @param exact whether they are counted one by one however many they are, as long as there is memory for it
 * @param breakdown by what views are broken down, null where they are not
 */
public record Ask(
        Interval interval,
        boolean users,
        boolean exact,
        @Nullable Breakdown breakdown) {

    /** The views of an interval, and their users. */
    public static Ask figures(Interval interval, boolean exact) {
        return new Ask(interval, true, exact, null);
    }

    /** The same with a breakdown. */
    public Ask with(Breakdown by) {
        return new Ask(interval, users, exact, by);
    }

    /** The views of an interval, broken down. */
    public static Ask breakdown(Interval interval, Breakdown by) {
        return new Ask(interval, false, false, by);
    }
}
