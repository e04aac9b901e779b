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

/** An ask while it is counted: what events say of it that no bucket covers. */
final class Count {

    /** What an entry of a map takes besides the characters of its key, about. */
    private static final int ENTRY_BYTES = 100;

    /** There are twice as many places for them while they move to more. */
    private static final int USERS_WHILE_THEY_GROW = 2;

    private final Ask ask;
    private final Coverage coverage;
    private final Budget.Share share;
    private final long mostBytesOfUsers;
    private DistinctUsers users = new DistinctUsers();
    private Map<String, Long> values;
    private long valueBytes;
    private long views;

    Count(Ask ask, Coverage coverage, Budget budget) {
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

    /** The stretches of time whose events are read. */
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

    /** Accounts for the memory that it takes; users of which there is no end are estimated. */
    void account() {
        if (users.bytes() > mostBytesOfUsers) {
            users.estimate();
        }
        share.set(valueBytes + USERS_WHILE_THEY_GROW * users.bytes());
    }

    /** The events. */
    long views() {
        return views;
    }

    DistinctUsers users() {
        return users;
    }

    Map<String, Long> values() {
        return values;
    }

    /** They are summed up elsewhere. */
    void dropValues() {
        values = Map.of();
        valueBytes = 0;
        account();
    }

    /** It is counted, and takes no more memory. */
    void done() {
        users = new DistinctUsers();
        dropValues();
    }
}
