package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last minutes.
 *
 * @param from when they began
 * @param to now
 * @param totalPaths how many paths there are
 * @param perMinute the oldest first
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
        topPaths.forEach(path -> table.row("top_paths", path.path(), path.views()));
        perMinute.forEach(minute -> table.row("views", minute.start(), minute.views())
                .row("unique_users", minute.start(), minute.uniqueUsers()));
        return table;
    }
}
