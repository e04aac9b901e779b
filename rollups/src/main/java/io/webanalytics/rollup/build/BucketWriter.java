package io.webanalytics.rollup.build;

import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.Built;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes the content of several buckets together. */
final class BucketWriter {

    /** Bytes of content above which it must be written: they bound the memory of a builder. */
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

    /** Whether the pending content must be written before more is added. */
    boolean isFull() {
        return bytes > MOST_BYTES;
    }

    List<Built> pending() {
        return pending;
    }

    /**
     * Writes the pending content: first the parts, so that no head names a part that does not exist.
     *
     * @return the buckets that have the new build now
     */
    Set<Bucket> write() {
        parts.insert(
                pending.stream().flatMap(built -> built.documents().stream()).toList());
        Set<Bucket> committed = heads.commit(pending);
        parts.deleteUnused(pending, committed);
        clear();
        return committed;
    }

    /** Discards the pending content. */
    void clear() {
        pending.clear();
        bytes = 0;
    }
}
