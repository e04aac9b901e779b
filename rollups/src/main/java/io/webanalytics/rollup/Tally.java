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
    private UserSet users = new UserSet();
    private @Nullable UserSketch sketch;

    /**
     * Counts an event.
     *
     * @param timestamp when it happened
     * @param referrer the referrer's host, or null where there was none
     */
    public void add(Instant timestamp, String path, String userId, @Nullable String referrer) {
        views++;
        quarters[(int) (Math.floorMod(timestamp.getEpochSecond(), HOUR) / QUARTER)]++;
        addUser(UserSet.hash(userId));
        addPath(path, 1);
        if (referrer != null) {
            addReferrer(referrer, 1);
        }
    }

    private void addUser(long hash) {
        if (sketch == null) {
            users.add(hash);
        } else {
            sketch.add(hash);
        }
    }

    public void addAll(Tally other) {
        views += other.views;
        for (int i = 0; i < QUARTERS; i++) {
            quarters[i] += other.quarters[i];
        }
        paths.addAll(other.paths);
        referrers.addAll(other.referrers);
        if (other.sketch != null) {
            sketchUsers().addAll(other.sketch);
        } else if (sketch != null) {
            other.users.addTo(sketch);
        } else {
            users.addAll(other.users);
        }
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

    /** The distinct users; none where they are {@link #sketch sketched}. */
    public UserSet users() {
        return users;
    }

    /** A sketch of the distinct users, where they are too many to be kept themselves; otherwise null. */
    @Nullable
    UserSketch sketch() {
        return sketch;
    }

    /** How many distinct users there are, about that where they are {@link #sketch sketched}. */
    long userCount() {
        return sketch == null ? users.count() : sketch.estimate();
    }

    /** Keeps a sketch of the users from now on, and no more the users themselves. */
    UserSketch sketchUsers() {
        UserSketch kept = sketch;
        if (kept == null) {
            kept = new UserSketch();
            users.addTo(kept);
            users = new UserSet();
            sketch = kept;
        }
        return kept;
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
