package io.webanalytics.rollup;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is counted of events: those of one type in a bucket, or any others. */
public final class Tally {

    /** Quarters of an hour. */
    public static final int QUARTERS = 4;

    private static final long HOUR = 3_600;
    private static final long QUARTER = HOUR / QUARTERS;

    /** What an entry of a map takes besides the characters of its key, about. */
    private static final int ENTRY_BYTES = 100;

    private long views;
    private long keyBytes;
    private final long[] quarters = new long[QUARTERS];
    private final UserSet users = new UserSet();
    private final Map<String, Long> paths = new HashMap<>();
    private final Map<String, Long> referrers = new HashMap<>();

    /**
     * Counts an event.
     *
     * @param timestamp when it happened
     * @param referrer the referrer's host, or null where there was none
     */
    public void add(Instant timestamp, String path, String userId, @Nullable String referrer) {
        views++;
        quarters[(int) (Math.floorMod(timestamp.getEpochSecond(), HOUR) / QUARTER)]++;
        users.add(UserSet.hash(userId));
        addPath(path, 1);
        if (referrer != null) {
            addReferrer(referrer, 1);
        }
    }

    public void addAll(Tally other) {
        views += other.views;
        users.addAll(other.users);
        other.paths.forEach(this::addPath);
        other.referrers.forEach(this::addReferrer);
    }

    public void addViews(long more) {
        views += more;
    }

    public void addPath(String path, long more) {
        add(paths, path, more);
    }

    public void addReferrer(String referrer, long more) {
        add(referrers, referrer, more);
    }

    private void add(Map<String, Long> counts, String key, long more) {
        if (counts.merge(key, more, Long::sum) == more) { // a new one, or one that was 0
            keyBytes += ENTRY_BYTES + 2L * key.length();
        }
    }

    /** About how much memory it takes. */
    long bytes() {
        return keyBytes + users.bytes();
    }

    public long views() {
        return views;
    }

    /** Views of each quarter of an hour: of any hour, so that they say something of a single one only. */
    List<Long> quarters() {
        return Arrays.stream(quarters).boxed().toList();
    }

    public UserSet users() {
        return users;
    }

    /** Views of each path. */
    public Map<String, Long> paths() {
        return paths;
    }

    /** Views that came from each referrer's host. All others had no referrer. */
    public Map<String, Long> referrers() {
        return referrers;
    }
}
