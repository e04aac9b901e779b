package io.webanalytics.reporting.count;

import io.webanalytics.rollup.CodePointOrder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Values with their views. Most views come first; values with equal views are in ascending order of their code points.
 *
 * @param total how many values there are
 * @param rows one page of them
 */
public record Ranking(long total, List<Row> rows) {

    static final Comparator<Row> ORDER =
            Comparator.comparingLong(Row::views).reversed().thenComparing(Row::value, CodePointOrder.ASCENDING);

    /**
     * A value and its views.
     *
     * @param value a value of the dimension, such as a path
     * @param views its views
     */
    public record Row(String value, long views) {}

    /**
     * A page of a list.
     *
     * @param offset how many rows to skip
     * @param limit how many rows to return at most
     */
    public record Page(int offset, int limit) {}

    /** Approximate memory of a row, without the characters of its value. */
    private static final int ROW_BYTES = 80;

    /** Returns the approximate memory of rows with these values, in bytes. */
    public static long bytes(Stream<String> values) {
        return values.mapToLong(Ranking::bytes).sum();
    }

    /** The same for rows. */
    public static long bytes(List<Row> rows) {
        return bytes(rows.stream().map(Row::value));
    }

    static long bytes(String value) {
        return ROW_BYTES + 2L * value.length();
    }

    /** All rows. */
    public static final Page EVERYTHING = new Page(0, Integer.MAX_VALUE);
}
