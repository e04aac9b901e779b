package io.webanalytics.reporting.count;

import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.store.Interval;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a report was counted from.
 *
 * @param days rollups of days
 * @param hours rollups of hours
 * @param folded how many of these exceeded a bound of rollups
 * @param raw the first intervals whose events were read
 */
public record Sources(int days, int hours, int folded, List<Interval> raw) {

    /** Further intervals are not listed. */
    private static final int MOST_INTERVALS = 100;

    static Sources of(Collection<RunningCount> counts, List<Interval> raw) {
        Collection<BucketHead> heads = counts.stream()
                .flatMap(count -> count.buckets().stream())
                .collect(Collectors.toMap(BucketHead::bucket, head -> head, (head, same) -> head))
                .values();
        int days = (int)
                heads.stream().filter(head -> head.bucket().unit() == Unit.DAY).count();
        int folded =
                (int) heads.stream().filter(head -> !head.folded().isEmpty()).count();
        return new Sources(days, heads.size() - days, folded, raw.subList(0, Math.min(raw.size(), MOST_INTERVALS)));
    }
}
