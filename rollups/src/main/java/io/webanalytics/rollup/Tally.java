package io.webanalytics.rollup;

import io.webanalytics.model.EventField;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.StoredEvent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The counts of some events, such as those of one type in a bucket. */
public final class Tally {

    /** Quarters of an hour. */
    public static final int QUARTERS = 4;

    private static final long HOUR = 3_600_000;
    private static final long QUARTER = HOUR / QUARTERS;

    private long views;
    private final long[] quarters = new long[QUARTERS];
    private final Map<Dimension, Counts> counts = new EnumMap<>(Dimension.class);
    private final DistinctUsers users = new DistinctUsers();

    public Tally() {
        Part.counted().forEach(dimension -> counts.put(dimension, new Counts()));
    }

    /** Counts an event. */
    public void add(StoredEvent event) {
        users.add(DistinctUsers.hash(event.required(EventField.USER_ID)));
        views++;
        quarters[(int) (Math.floorMod(event.epochMillis(), HOUR) / QUARTER)]++;
        counts.forEach((dimension, values) -> {
            String value = dimension.valueOf(event);
            if (value != null) {
                values.add(value, 1);
            }
        });
    }

    public void addAll(Tally other) {
        views += other.views;
        for (int i = 0; i < QUARTERS; i++) {
            quarters[i] += other.quarters[i];
        }
        counts.forEach((dimension, values) -> values.addAll(other.counts(dimension)));
        users.addAll(other.users);
    }

    public void addViews(long more) {
        views += more;
    }

    public long views() {
        return views;
    }

    /** Returns the views by quarter of an hour. Hours are not told apart, so this is of use for a single hour only. */
    List<Long> quarters() {
        return Arrays.stream(quarters).boxed().toList();
    }

    public DistinctUsers users() {
        return users;
    }

    Counts counts(Dimension dimension) {
        return counts.get(dimension);
    }

    /** Returns the views by value of a dimension that {@link Part#counted is counted}. All other views lacked the field. */
    public Map<String, Long> views(Dimension dimension) {
        return counts(dimension).views();
    }
}
