package io.webanalytics.reporting.count;

import io.webanalytics.rollup.CountsSum;
import io.webanalytics.store.Dimension;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Offers the rows of a breakdown, and at the end one for {@link Dimension#missing}: the events that lack the field. Buckets do not
 * count these, so their views are all views minus those of the other rows. Where {@code missing} is {@link Dimension#OTHER}, these
 * include what buckets have folded.
 */
final class Rest implements CountsSum.Reader {

    private final byte[] missing;
    private final String word;
    private final TopRows rows;
    private long views;

    /** @param views all views, with and without the field */
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

    /** Offers the row of events without the field. */
    void offer() {
        if (views > 0) {
            rows.offer(word, views);
        }
    }
}
