package io.webanalytics.reporting.count;

import io.webanalytics.store.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the counts that an event belongs to, by a binary search over the bounds of all intervals, however many overlap. */
final class Timeline {

    private final long[] starts;
    private final List<List<RunningCount>> counting = new ArrayList<>();
    private final List<Interval> covered = new ArrayList<>();

    Timeline(Collection<RunningCount> counts) {
        TreeMap<Instant, List<RunningCount>> changes = new TreeMap<>();
        for (RunningCount count : counts) {
            for (Interval interval : count.raw()) {
                changes.computeIfAbsent(interval.from(), instant -> new ArrayList<>())
                        .add(count);
                changes.computeIfAbsent(interval.to(), instant -> new ArrayList<>())
                        .add(count);
            }
        }
        starts = changes.keySet().stream().mapToLong(Instant::toEpochMilli).toArray();
        Set<RunningCount> now = new HashSet<>();
        for (Map.Entry<Instant, List<RunningCount>> change : changes.entrySet()) {
            for (RunningCount count : change.getValue()) {
                if (!now.remove(count)) {
                    now.add(count); // a count with an interval that ends here and one that begins here stays
                }
            }
            counting.add(List.copyOf(now));
            Instant next = changes.higherKey(change.getKey());
            if (!now.isEmpty() && next != null) {
                Interval.append(covered, new Interval(change.getKey(), next));
            }
        }
    }

    /** Returns the intervals in which at least one count needs events, in order. */
    List<Interval> covered() {
        return covered;
    }

    /** Returns the counts that need the events of an instant, in ms since 1970. */
    List<RunningCount> at(long instant) {
        int place = Arrays.binarySearch(starts, instant);
        int last = place >= 0 ? place : -place - 2;
        return last < 0 ? List.of() : counting.get(last);
    }
}
