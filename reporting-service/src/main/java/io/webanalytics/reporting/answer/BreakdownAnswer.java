package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.reporting.count.Ranking;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Views, broken down.
 *
 * @param siteId the site
 * @param from the first day
 * @param to the last day
 * @param timezone whose days and hours these are
 * @param by by what
 * @param totalViews all of them, those of other pages included
 * @param total how many rows there are
 * @param offset how many were left out before the first
 * @param limit how many are here at most
 * @param rows most views first, equal views in ascending order of the value; hours and weekdays in their own order, those
 *     without views too
 * @param meta how complete this is, where {@code meta=true} was asked
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
