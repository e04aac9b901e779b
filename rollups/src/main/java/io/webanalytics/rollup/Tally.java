package io.webanalytics.rollup;

import io.webanalytics.model.EventField;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.StoredEvent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is counted of events: those of one type in a bucket, or any others. */
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

    /** Views of each quarter of an hour: of any hour, so that they say something of a single one only. */
    List<Long> quarters() {
        return Arrays.stream(quarters).boxed().toList();
    }

    public DistinctUsers users() {
        return users;
    }

    Counts counts(Dimension dimension) {
        return counts.get(dimension);
    }

    /** Views of each value of a dimension that {@link Part#counted is counted}. All others had no value. */
    public Map<String, Long> views(Dimension dimension) {
        return counts(dimension).views();
    }
}
