package io.webanalytics.rollup.build;

import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.Built;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes the content of buckets, several together. */
final class BucketWriter {

    /** What is written together, at most: bounds the memory that a builder takes. */
    private static final int MOST_BYTES = 4 << 20;

    private final BucketHeads heads;
    private final BucketParts parts;
    private final List<Built> pending = new ArrayList<>();
    private long bytes;

    BucketWriter(BucketHeads heads, BucketParts parts) {
        this.heads = heads;
        this.parts = parts;
    }

    void add(Built built) {
        pending.add(built);
        bytes += built.bytes();
    }

    /** Whether it must be written before more is added. */
    boolean isFull() {
        return bytes > MOST_BYTES;
    }

    List<Built> pending() {
        return pending;
    }

    /**
     * Writes all that is pending: first the parts, so that a head never names parts that are not there.
     *
     * @return the buckets whose build this is now
     */
    Set<Bucket> write() {
        parts.insert(
                pending.stream().flatMap(built -> built.documents().stream()).toList());
        Set<Bucket> committed = heads.commit(pending);
        parts.deleteUnused(pending, committed);
        clear();
        return committed;
    }

    /** Forgets what is pending. */
    void clear() {
        pending.clear();
        bytes = 0;
    }
}
