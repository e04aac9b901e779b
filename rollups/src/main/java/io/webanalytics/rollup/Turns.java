package io.webanalytics.rollup;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The order in which dirty hours are built. Sites take turns, however many hours each of them has marked. The next hour of a
 * site comes one round after its last one. So does an hour that is marked again: with its earlier turn it would come before
 * all that others have marked since. The first hour of a site that has none waiting comes in the current round. Each
 * process derives the round from the hours that it sees, which is accurate enough: turns affect fairness only.
 *
 * @see <a href="https://doi.org/10.1145/248157.248171">P. Goyal and others, Start-time Fair Queueing, SIGCOMM 1996</a>
 */
final class Turns {

    private final AtomicLong round = new AtomicLong();
    private final Map<String, Long> lastOfSite = new ConcurrentHashMap<>();

    /** Returns the turn of one more hour of a site. */
    long next(String siteId) {
        if (lastOfSite.size() >= Bounds.REMEMBERED_TURNS) {
            forget();
        }
        return lastOfSite.merge(siteId, round.get() + 1, (last, first) -> Math.max(last + 1, first));
    }

    /** Forgets the sites that have nothing waiting; all, if that is less than half of them, so that it is rarely called. */
    private void forget() {
        long now = round.get();
        lastOfSite.values().removeIf(last -> last <= now);
        if (lastOfSite.size() > Bounds.REMEMBERED_TURNS / 2) {
            lastOfSite.clear(); // these sites come in this round: slightly unfair, but memory is bounded
        }
    }

    /** Returns the number of sites that it remembers. */
    int size() {
        return lastOfSite.size();
    }

    /** Notes that an hour with this turn is being built. */
    void served(long turn) {
        round.accumulateAndGet(turn, Math::max);
    }
}
