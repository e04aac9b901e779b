package io.webanalytics.rollup;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is counted of events: those of one type in a bucket, or any others. */
public final class Tally {

    private long views;
    private final UserSet users = new UserSet();
    private final Map<String, Long> paths = new HashMap<>();
    private final Map<String, Long> referrers = new HashMap<>();

    /**
     * Counts an event.
     *
     * @param referrer the referrer's host, or null where there was none
     */
    public void add(String path, String userId, @Nullable String referrer) {
        views++;
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
        paths.merge(path, more, Long::sum);
    }

    public void addReferrer(String referrer, long more) {
        referrers.merge(referrer, more, Long::sum);
    }

    public long views() {
        return views;
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
