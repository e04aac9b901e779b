package io.webanalytics.reporting.count;

import io.webanalytics.rollup.CountsSum;
import io.webanalytics.store.Dimension;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Offers the rows of a breakdown, and in the end the views that are left: those of events without a value. No bucket counts these,
 * so their row is what all others leave of the whole.
 */
final class Rest implements CountsSum.Reader {

    private final byte[] missing;
    private final String word;
    private final TopRows rows;
    private long views;

    /** @param views all of them */
    Rest(Dimension dimension, long views, TopRows rows) {
        this.word = dimension.missing();
        this.missing = word.getBytes(StandardCharsets.UTF_8);
        this.views = views;
        this.rows = rows;
    }

    @Override
    public void accept(byte[] value, int length, long more) {
        if (!Arrays.equals(value, 0, length, missing, 0, missing.length)) {
            rows.offer(value, length, more);
            views -= more;
        }
    }

    /** Offers what is left. */
    void offer() {
        if (views > 0) {
            rows.offer(word, views);
        }
    }
}
