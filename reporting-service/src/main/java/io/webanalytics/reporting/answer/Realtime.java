package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.reporting.count.Ranking;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the last minutes.
 *
 * @param siteId the site
 * @param minutes how many minutes
 * @param from the start of the first minute
 * @param to the end of the last minute: now
 * @param totalViews events of the requested types, {@code page_view} by default
 * @param uniqueUsers the distinct users of these events
 * @param topPaths the page of paths: most views first, equal views in ascending order of the path
 * @param totalPaths how many paths there are
 * @param perMinute the figures of each minute, the oldest first
 * @param meta how complete the figures are; only with {@code meta=true}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Realtime(
        @JsonProperty("site_id") String siteId,
        int minutes,
        Instant from,
        Instant to,
        @JsonProperty("total_views") long totalViews,
        @JsonProperty("unique_users") long uniqueUsers,
        @JsonProperty("top_paths") List<PathViews> topPaths,
        @JsonProperty("total_paths") long totalPaths,
        @JsonProperty("per_minute") List<Timeseries.Point> perMinute,
        @Nullable Meta meta)
        implements Answer {

    @Override
    public Table table() {
        Table table = Table.of("figure", "key", "value")
                .row("total_views", "", totalViews)
                .row("unique_users", "", uniqueUsers)
                .row("total_paths", "", totalPaths);
        table.rows(PathViews.rows(topPaths));
        perMinute.forEach(minute -> table.row("views", minute.start(), minute.views())
                .row("unique_users", minute.start(), minute.uniqueUsers()));
        return table;
    }

    @Override
    public long entries() {
        return totalPaths;
    }

    @Override
    public long bytes() {
        return Ranking.bytes(topPaths.stream().map(PathViews::path));
    }
}
