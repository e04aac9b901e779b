package io.webanalytics.rollup.build;

import io.webanalytics.rollup.BucketContent;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.DistinctUsers;
import io.webanalytics.rollup.Part;
import io.webanalytics.rollup.Tally;
import io.webanalytics.rollup.build.Verifier.Difference;
import io.webanalytics.store.Dimension;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Finds the figures that differ between a bucket and its events. Of folded values only the sums are compared. */
final class Differences {

    private final BucketHead head;
    private final Consumer<Difference> found;

    Differences(BucketHead head, Consumer<Difference> found) {
        this.head = head;
        this.found = found;
    }

    void find(BucketContent stored, BucketContent raw) {
        Set<String> types = new TreeSet<>(stored.types().keySet());
        types.addAll(raw.types().keySet());
        for (String type : types) {
            Tally a = stored.types().getOrDefault(type, new Tally());
            Tally b = raw.types().getOrDefault(type, new Tally());
            add(type + " views", a.views(), b.views());
            if (!isFolded(Part.USERS)) {
                compareUsers(type, a.users(), b.users());
            }
            for (Dimension dimension : Part.counted()) {
                compare(type + " " + dimension.word() + " ", views(a, dimension), views(b, dimension));
            }
        }
        if (!isFolded(Part.USERS)) {
            head.figures().forEach(figures -> {
                Tally tally = raw.types().getOrDefault(figures.eventType(), new Tally());
                String figure = figures.eventType() + " users in the head";
                add(figure, figures.users(), tally.users().count());
            });
        }
    }

    private boolean isFolded(Part part) {
        return head.folded().contains(part);
    }

    private void compareUsers(String type, DistinctUsers stored, DistinctUsers raw) {
        add(type + " users", stored.count(), raw.count());
        if (!stored.hasSameUsersAs(raw)) {
            tell(type + " users that are not the same", stored.count(), raw.count());
        }
    }

    /** Returns the views by value, or only their sum if values were folded. */
    private Map<String, Long> views(Tally tally, Dimension dimension) {
        Map<String, Long> views = tally.views(dimension);
        return isFolded(Part.of(dimension))
                ? Map.of(
                        "(all)",
                        views.values().stream().mapToLong(Long::longValue).sum())
                : views;
    }

    private void compare(String figure, Map<String, Long> stored, Map<String, Long> raw) {
        Set<String> keys = new TreeSet<>(stored.keySet());
        keys.addAll(raw.keySet());
        keys.forEach(key -> add(figure + key, stored.getOrDefault(key, 0L), raw.getOrDefault(key, 0L)));
    }

    private void add(String figure, long rollup, long raw) {
        if (rollup != raw) {
            tell(figure, rollup, raw);
        }
    }

    private void tell(String figure, long rollup, long raw) {
        found.accept(new Difference(head.bucket().id(), figure, rollup, raw));
    }
}
