package io.webanalytics.reporting.count;

import io.webanalytics.rollup.CodePointOrder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Values with their views, most views first, equal views in the ascending order of the values, by their code points.
 *
 * @param total how many values there are
 * @param rows a page of them
 */
public record Ranking(long total, List<Row> rows) {

    static final Comparator<Row> ORDER =
            Comparator.comparingLong(Row::views).reversed().thenComparing(Row::value, CodePointOrder.ASCENDING);

    /**
     * A value and its views.
     *
     * @param value a path, say
     * @param views its views
     */
    public record Row(String value, long views) {}

    /**
     * Which rows are wanted.
     *
     * @param offset how many are left out before the first
     * @param limit how many at most
     */
    public record Page(int offset, int limit) {}

    /** What a row takes besides the characters of its value, about. */
    private static final int ROW_BYTES = 80;

    /** How much memory rows with these values take, about. */
    public static long bytes(Stream<String> values) {
        return values.mapToLong(Ranking::bytes).sum();
    }

    /** The same of rows. */
    public static long bytes(List<Row> rows) {
        return bytes(rows.stream().map(Row::value));
    }

    static long bytes(String value) {
        return ROW_BYTES + 2L * value.length();
    }

    /** All rows. */
    public static final Page EVERYTHING = new Page(0, Integer.MAX_VALUE);
}
