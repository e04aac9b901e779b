package io.webanalytics.reporting.count;

import java.util.List;

/**
 * What was counted in an interval.
 *
 * @param views events
 * @param users distinct users, 0 where they were not asked for
 * @param usersExact whether they were counted one by one, and not estimated from sketches
 * @param ranking the breakdown, empty where it was not asked for
 */
public record Counted(long views, long users, boolean usersExact, Ranking ranking) {

    static final Ranking NO_RANKING = new Ranking(0, List.of());
}
