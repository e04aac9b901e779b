package io.webanalytics.rollup;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is counted of events: those of one type in a bucket, or any others. */
public final class Tally {

    /** Quarters of an hour. */
    public static final int QUARTERS = 4;

    private static final long HOUR = 3_600;
    private static final long QUARTER = HOUR / QUARTERS;

    private long views;
    private final long[] quarters = new long[QUARTERS];
    private final Counts paths = new Counts();
    private final Counts referrers = new Counts();
    private final DistinctUsers users = new DistinctUsers();

    /**
     * Counts an event.
     *
     * @param timestamp when it happened
     * @param referrer the referrer's host, or null where there was none
     */
    public void add(Instant timestamp, String path, String userId, @Nullable String referrer) {
        views++;
        quarters[(int) (Math.floorMod(timestamp.getEpochSecond(), HOUR) / QUARTER)]++;
        users.add(DistinctUsers.hash(userId));
        addPath(path, 1);
        if (referrer != null) {
            addReferrer(referrer, 1);
        }
    }

    public void addAll(Tally other) {
        views += other.views;
        for (int i = 0; i < QUARTERS; i++) {
            quarters[i] += other.quarters[i];
        }
        paths.addAll(other.paths);
        referrers.addAll(other.referrers);
        users.addAll(other.users);
    }

    public void addViews(long more) {
        views += more;
    }

    public void addPath(String path, long more) {
        paths.add(path, more);
    }

    public void addReferrer(String referrer, long more) {
        referrers.add(referrer, more);
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

    Counts pathCounts() {
        return paths;
    }

    Counts referrerCounts() {
        return referrers;
    }

    /** Views of each path. */
    public Map<String, Long> paths() {
        return paths.views();
    }

    /** Views that came from each referrer's host. All others had no referrer. */
    public Map<String, Long> referrers() {
        return referrers.views();
    }
}
