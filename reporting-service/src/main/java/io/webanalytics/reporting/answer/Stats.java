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
 * The figures of one site. Asked for one day by its date, and for nothing else, it has the first five of these fields that
 * are there then, and no others.
 *
 * @param siteId the site
 * @param date the day
 * @param from the first day, where it was not asked for by its date
 * @param to the last day
 * @param totalViews events of the type that counts, {@code page_view} unless another was asked for
 * @param uniqueUsers their distinct users
 * @param uniqueUsersExact whether users were counted one by one
 * @param uniqueUsersError where they were not: the half width, as a share, of the interval that holds the true figure with a
 *     probability of 95 %
 * @param topPaths a page of the paths, most views first, equal views in ascending order of the path
 * @param totalPaths how many paths there are
 * @param previous the figures of the time before
 * @param change how much more it is than before, as a share of that
 * @param meta how complete this is, where {@code meta=true} was asked
 * @param entries how many paths there are, whether {@code totalPaths} tells it or not
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
     * @param through where it is cut off: the time asked for runs still, and only as much of the time before is compared as has
     *     passed of it
     * @param totalViews as above
     * @param uniqueUsers as above
     * @param uniqueUsersExact as above
     * @param uniqueUsersError as above
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
     * Shares of what it was before, 0.25 for a quarter more; null where it was 0.
     *
     * @param totalViews of views
     * @param uniqueUsers of unique users
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
