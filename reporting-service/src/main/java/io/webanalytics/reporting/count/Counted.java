package io.webanalytics.reporting.count;

import java.util.List;

/**
 * The result for one ask.
 *
 * @param views events
 * @param users distinct users, 0 unless asked for
 * @param usersExact whether users were counted one by one, not estimated from sketches
 * @param ranking the breakdown, empty unless asked for
 */
public record Counted(long views, long users, boolean usersExact, Ranking ranking) {

    static final Ranking NO_RANKING = new Ranking(0, List.of());
}
