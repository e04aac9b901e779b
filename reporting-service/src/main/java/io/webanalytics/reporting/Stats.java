package io.webanalytics.reporting;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;

/** The figures of one site on one day, as {@code GET /stats} answers them. */
record Stats(
        @JsonProperty("site_id") String siteId,
        LocalDate date,
        @JsonProperty("total_views") long totalViews,
        @JsonProperty("unique_users") long uniqueUsers,
        @JsonProperty("top_paths") List<PathViews> topPaths) {

    record PathViews(String path, long views) {}
}
