package io.webanalytics.reporting.count;

import io.webanalytics.rollup.CodePointOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Values with their views, most views first, equal views in the ascending order of the values.
 *
 * @param total how many values there are
 * @param rows a page of them
 */
public record Ranking(long total, List<Row> rows) {

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

    /** All rows, of which there are few. */
    public static final Page EVERYTHING = new Page(0, 1_000);

    private static final Comparator<Row> ORDER =
            Comparator.comparingLong(Row::views).reversed().thenComparing(Row::value, CodePointOrder.ASCENDING);

    static Ranking of(Map<String, Long> views, Page page) {
        List<Row> rows = views.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .sorted(ORDER)
                .skip(page.offset())
                .limit(page.limit())
                .toList();
        return new Ranking(views.size(), rows);
    }
}
