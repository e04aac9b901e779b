package io.webanalytics.reporting.count;

import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketHead;
import java.util.ArrayList;
import java.util.List;

/** What a report was counted from. */
public final class Sources {

    /** More are not told one by one. */
    private static final int MOST_INTERVALS = 100;

    private int days;
    private int hours;
    private final List<Interval> raw = new ArrayList<>();

    void add(BucketIndex.Coverage coverage) {
        for (BucketHead head : coverage.buckets()) {
            if (head.bucket().unit() == Unit.DAY) {
                days++;
            } else {
                hours++;
            }
        }
        coverage.raw().forEach(interval -> Interval.append(raw, interval));
    }

    /** Rollups of days. */
    public int days() {
        return days;
    }

    /** Rollups of hours. */
    public int hours() {
        return hours;
    }

    /** The first stretches of time whose events were read. */
    public List<Interval> raw() {
        return raw.subList(0, Math.min(raw.size(), MOST_INTERVALS));
    }
}
