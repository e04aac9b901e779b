package io.webanalytics.reporting;

import io.webanalytics.reporting.count.Ranking;
import io.webanalytics.reporting.count.Ranking.Row;
import io.webanalytics.store.Dimension;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Completes a breakdown by hour of the day or weekday: all values in time order, including those without views. */
final class TimeOrder {

    private TimeOrder() {}

    static Ranking complete(Dimension dimension, Ranking counted, Ranking.Page page) {
        List<Row> all = dimension == Dimension.HOUR_OF_DAY
                ? rows(counted, 0, 23, "%02d", hour -> String.format(Locale.ROOT, "%02d", hour))
                : rows(counted, 1, 7, "%d", day -> DayOfWeek.of(day).name().toLowerCase(Locale.ROOT));
        return new Ranking(
                all.size(), all.stream().skip(page.offset()).limit(page.limit()).toList());
    }

    private static List<Row> rows(Ranking counted, int first, int last, String key, IntFunction<String> name) {
        Map<String, Long> views = counted.rows().stream().collect(Collectors.toMap(Row::value, Row::views));
        return IntStream.rangeClosed(first, last)
                .mapToObj(value ->
                        new Row(name.apply(value), views.getOrDefault(String.format(Locale.ROOT, key, value), 0L)))
                .toList();
    }
}
