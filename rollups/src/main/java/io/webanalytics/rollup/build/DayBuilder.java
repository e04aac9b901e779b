package io.webanalytics.rollup.build;

import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketContent;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.Built;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a day from its hours: those from its beginning up to the first that is not over, or not built yet. So the day that
 * runs has a bucket too, which grows every hour.
 */
final class DayBuilder {

    private final BucketHeads heads;
    private final BucketParts parts;

    DayBuilder(BucketHeads heads, BucketParts parts) {
        this.heads = heads;
        this.parts = parts;
    }

    /**
     * Builds a day if its hours are others than those that it was built from. Hours that are over and have no head are
     * marked, so that every hour of a day has one, be it empty.
     *
     * @param over hours count that ended before this instant of MongoDB's clock
     * @return whether it has a new content now
     * @throws BucketParts.GoneException if an hour was built again meanwhile: whoever did it comes here next
     */
    boolean build(Bucket day, Instant over) {
        BucketHead before = heads.find(day);
        List<BucketHead> hours = usableHours(day, over);
        List<String> builds = hours.stream().map(BucketHead::build).toList();
        if (hours.isEmpty() || (before != null && before.hours().equals(builds))) {
            return false;
        }
        BucketContent content = new BucketContent();
        List<BucketHead> added = startsWith(before, builds)
                ? concat(before, hours.subList(before.hours().size(), hours.size()))
                : hours;
        for (BucketHead part : added) {
            if (!content.isTooLarge()) {
                parts.addTo(content, List.of(part));
            }
        }
        BucketHead head =
                before != null ? before : new BucketHead(day, "", false, null, Set.of(), false, List.of(), List.of());
        return write(Built.of(head, content), builds);
    }

    private List<BucketHead> usableHours(Bucket day, Instant over) {
        Map<Bucket, BucketHead> found = new HashMap<>();
        heads.between(day.siteId(), Unit.HOUR, day.start(), day.end()).forEach(head -> found.put(head.bucket(), head));
        List<Bucket> ended =
                day.hours().filter(hour -> hour.end().isBefore(over)).toList();
        heads.mark(ended.stream().filter(hour -> !found.containsKey(hour)).toList());
        List<BucketHead> usable = new ArrayList<>();
        for (Bucket hour : ended) {
            BucketHead head = found.get(hour);
            if (head == null || !head.isUsable()) {
                break;
            }
            usable.add(head);
        }
        return usable;
    }

    /** Whether a day holds the first of these hours already, so that only the rest has to be added. */
    private static boolean startsWith(@Nullable BucketHead day, List<String> builds) {
        return day != null
                && day.isUsable()
                && day.hours().size() < builds.size()
                && builds.subList(0, day.hours().size()).equals(day.hours());
    }

    private static List<BucketHead> concat(BucketHead day, List<BucketHead> hours) {
        List<BucketHead> all = new ArrayList<>(hours);
        all.add(day);
        return all;
    }

    private boolean write(Built day, List<String> builds) {
        parts.insert(day.documents());
        boolean committed = heads.commitDay(day, builds);
        String superfluous = committed ? day.head().build() : day.build();
        if (superfluous != null) {
            parts.delete(Map.of(day.head().bucket(), superfluous));
        }
        return committed;
    }
}
