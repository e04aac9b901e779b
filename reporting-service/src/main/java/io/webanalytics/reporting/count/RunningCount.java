package io.webanalytics.reporting.count;

import io.webanalytics.reporting.count.BucketIndex.Coverage;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.DistinctUsers;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running count for one ask: its coverage by buckets, and the figures of the events outside of them. */
final class RunningCount {

    /** Approximate memory of a map entry, without the characters of its key. */
    private static final int ENTRY_BYTES = 100;

    /** A set of users takes up to twice its memory while it moves to a larger array. */
    private static final int USERS_WHILE_THEY_GROW = 2;

    private final Ask ask;
    private final Coverage coverage;
    private final Budget.Share share;
    private final long mostBytesOfUsers;
    private DistinctUsers users = new DistinctUsers();
    private Map<String, Long> values;
    private long valueBytes;
    private long views;

    RunningCount(Ask ask, Coverage coverage, Budget budget) {
        this.ask = ask;
        this.coverage = coverage;
        this.share = budget.share();
        this.values = ask.breakdown() == null ? Map.of() : new HashMap<>();
        this.mostBytesOfUsers = budget.most() / 4;
    }

    Ask ask() {
        return ask;
    }

    List<BucketHead> buckets() {
        return coverage.buckets();
    }

    /** Returns the intervals whose events are read. */
    List<Interval> raw() {
        return coverage.raw();
    }

    @Nullable
    Dimension dimension() {
        Breakdown breakdown = ask.breakdown();
        return breakdown == null ? null : breakdown.dimension();
    }

    void add(long user) {
        views++;
        if (ask.users()) {
            users.add(user);
        }
    }

    /** Adds to the views of a value of the breakdown. */
    void add(String value, long more) {
        int before = values.size();
        values.merge(value, more, Long::sum);
        if (values.size() > before) {
            valueBytes += ENTRY_BYTES + 2L * value.length();
        }
    }

    /** Accounts for the memory taken. Users are estimated once they take a quarter of what the report may. */
    void account() {
        if (users.bytes() > mostBytesOfUsers) {
            users.estimate();
        }
        share.set(valueBytes + USERS_WHILE_THEY_GROW * users.bytes());
    }

    /** Returns the views among the events. */
    long views() {
        return views;
    }

    DistinctUsers users() {
        return users;
    }

    Map<String, Long> values() {
        return values;
    }

    /** Releases the values. */
    void dropValues() {
        values = Map.of();
        valueBytes = 0;
        account();
    }

    /** Releases all memory of a finished count. */
    void done() {
        users = new DistinctUsers();
        dropValues();
    }
}
