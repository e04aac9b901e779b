package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.reporting.count.Ranking;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one site. A request for one day by its date, and for nothing else, gets only {@code site_id}, {@code date},
 * {@code total_views}, {@code unique_users} and {@code top_paths}, and {@code unique_users_error} where it applies.
 *
 * @param siteId the site
 * @param date the day, if requested by its date
 * @param from the first day, where {@code date} is absent
 * @param to the last day
 * @param totalViews events of the requested types, {@code page_view} by default
 * @param uniqueUsers the distinct users of these events
 * @param uniqueUsersExact whether users were counted one by one
 * @param uniqueUsersError only where they were not: the half width, as a share of the figure, of the interval that holds the
 *     true figure with a probability of 95 %
 * @param topPaths the page of paths: most views first, equal views in ascending order of the path
 * @param totalPaths how many paths there are
 * @param previous the figures of the time before
 * @param change the relative change from {@code previous}
 * @param meta how complete the figures are; only with {@code meta=true}
 * @param entries how many paths there are, even where {@code totalPaths} is null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Stats(
        @JsonProperty("site_id") String siteId,
        @Nullable LocalDate date,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @JsonProperty("total_views") long totalViews,
        @JsonProperty("unique_users") long uniqueUsers,
        @JsonProperty("unique_users_exact") @Nullable Boolean uniqueUsersExact,
        @JsonProperty("unique_users_error") @Nullable Double uniqueUsersError,
        @JsonProperty("top_paths") List<PathViews> topPaths,
        @JsonProperty("total_paths") @Nullable Long totalPaths,
        @Nullable Previous previous,
        @Nullable Change change,
        @Nullable Meta meta,
        @JsonIgnore long entries)
        implements Answer {

    /**
     * The figures of the time before.
     *
     * @param from its first day
     * @param to its last day that is compared
     * @param through where it is cut off, because the requested time has not ended: only as much of the time before is compared as
     *     has passed of the requested time
     * @param totalViews its views
     * @param uniqueUsers their distinct users
     * @param uniqueUsersExact whether these users were counted one by one
     * @param uniqueUsersError only where they were not: as for the requested time
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Previous(
            LocalDate from,
            LocalDate to,
            @Nullable OffsetDateTime through,
            @JsonProperty("total_views") long totalViews,
            @JsonProperty("unique_users") long uniqueUsers,
            @JsonProperty("unique_users_exact") boolean uniqueUsersExact,
            @JsonProperty("unique_users_error") @Nullable Double uniqueUsersError) {}

    /**
     * Relative changes, 0.25 for a quarter more; null where the earlier figure was 0.
     *
     * @param totalViews the change of views
     * @param uniqueUsers the change of unique users
     */
    public record Change(
            @JsonProperty("total_views") @Nullable Double totalViews,
            @JsonProperty("unique_users") @Nullable Double uniqueUsers) {

        public static Change between(long viewsBefore, long views, long usersBefore, long users) {
            return new Change(share(viewsBefore, views), share(usersBefore, users));
        }

        private static @Nullable Double share(long before, long now) {
            return before == 0 ? null : Math.round(10_000.0 * (now - before) / before) / 10_000.0;
        }
    }

    @Override
    public Table table() {
        Table table = Table.of("figure", "key", "value")
                .row("total_views", "", totalViews)
                .row("unique_users", "", uniqueUsers)
                .rowUnlessNull("unique_users_exact", "", uniqueUsersExact)
                .rowUnlessNull("unique_users_error", "", uniqueUsersError);
        table.rows(PathViews.rows(topPaths));
        table.rowUnlessNull("total_paths", "", totalPaths);
        if (previous != null) {
            table.rowUnlessNull("previous", "through", previous.through)
                    .row("previous", "total_views", previous.totalViews)
                    .row("previous", "unique_users", previous.uniqueUsers)
                    .row("previous", "unique_users_exact", previous.uniqueUsersExact)
                    .rowUnlessNull("previous", "unique_users_error", previous.uniqueUsersError);
        }
        if (change != null) {
            table.rowUnlessNull("change", "total_views", change.totalViews)
                    .rowUnlessNull("change", "unique_users", change.uniqueUsers);
        }
        return table;
    }

    @Override
    public long bytes() {
        return Ranking.bytes(topPaths.stream().map(PathViews::path));
    }
}
