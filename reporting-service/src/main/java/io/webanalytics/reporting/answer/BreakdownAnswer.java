package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.reporting.count.Ranking;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Views, broken down by a dimension.
 *
 * @param siteId the site
 * @param from the first day
 * @param to the last day
 * @param timezone the time zone of the days and hours
 * @param by what views are broken down by
 * @param totalViews all views, including those of other pages
 * @param total how many rows there are
 * @param offset how many rows were skipped
 * @param limit how many rows a page has at most
 * @param rows the page of rows: most views first, equal views in ascending order of the value; hours and weekdays in time
 *     order, including those without views
 * @param meta how complete the figures are; only with {@code meta=true}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BreakdownAnswer(
        @JsonProperty("site_id") String siteId,
        LocalDate from,
        LocalDate to,
        String timezone,
        String by,
        @JsonProperty("total_views") long totalViews,
        long total,
        int offset,
        int limit,
        List<Ranking.Row> rows,
        @Nullable Meta meta)
        implements Answer {

    @Override
    public Table table() {
        return Table.of(by, "views").rows(rows.stream().map(row -> List.of(row.value(), row.views())));
    }

    @Override
    public long entries() {
        return total;
    }

    @Override
    public long bytes() {
        return Ranking.bytes(rows);
    }
}
