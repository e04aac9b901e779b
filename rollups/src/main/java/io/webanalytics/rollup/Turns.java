package io.webanalytics.rollup;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * In which order hours that wait are built, so that sites take turns whatever each of them has marked: the next hour of a site
 * comes one round after its last one, and the first one of a site that has nothing waiting comes in the round that is on.
 * Each process counts the rounds by what it sees, which is near enough: a turn is a matter of fairness only.
 *
 * @see <a href="https://doi.org/10.1145/248157.248171">P. Goyal and others, Start-time Fair Queueing, SIGCOMM 1996</a>
 */
final class Turns {

    private static final int MOST_SITES = 100_000;

    private final AtomicLong round = new AtomicLong();
    private final Map<String, Long> lastOfSite = new ConcurrentHashMap<>();

    /** The turn of one more hour of a site. */
    long next(String siteId) {
        if (lastOfSite.size() >= MOST_SITES) {
            long now = round.get();
            lastOfSite.values().removeIf(last -> last <= now);
            if (lastOfSite.size() >= MOST_SITES) {
                lastOfSite.clear(); // then they come in this round: a little unfair, and not without bounds
            }
        }
        return lastOfSite.merge(siteId, round.get() + 1, (last, first) -> Math.max(last + 1, first));
    }

    /** How many sites it knows. */
    int size() {
        return lastOfSite.size();
    }

    /** An hour with this turn is built. */
    void served(long turn) {
        round.accumulateAndGet(turn, Math::max);
    }
}
