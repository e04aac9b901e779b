package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.reporting.count.Ranking;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last minutes.
 *
 * @param siteId the site
 * @param minutes how many minutes
 * @param from when they began
 * @param to now
 * @param totalViews events of the type that counts, {@code page_view} unless another was asked for
 * @param uniqueUsers their distinct users
 * @param topPaths a page of the paths, most views first, equal views in ascending order of the path
 * @param totalPaths how many paths there are
 * @param perMinute the oldest first
 * @param meta how complete this is, where {@code meta=true} was asked
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
