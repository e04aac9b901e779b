package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Views and unique users as a time series.
 *
 * @param siteId the site
 * @param from the first day
 * @param to the last day
 * @param timezone the time zone of the days and hours
 * @param interval the length of a step
 * @param total how many steps there are
 * @param offset how many steps were skipped
 * @param limit how many steps a page has at most
 * @param uniqueUsersExact whether the users of every step were counted one by one
 * @param uniqueUsersError only where they were not: the half width, as a share of a figure, of the interval that holds the
 *     true figure with a probability of 95 %
 * @param steps the page of steps: the earliest first, including those without views
 * @param meta how complete the figures are; only with {@code meta=true}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Timeseries(
        @JsonProperty("site_id") String siteId,
        LocalDate from,
        LocalDate to,
        String timezone,
        String interval,
        int total,
        int offset,
        int limit,
        @JsonProperty("unique_users_exact") boolean uniqueUsersExact,
        @JsonProperty("unique_users_error") @Nullable Double uniqueUsersError,
        List<Point> steps,
        @Nullable Meta meta)
        implements Answer {

    private static final long POINT_BYTES = 150;

    /**
     * A step.
     *
     * @param start the first day of the step, or its first minute with the offset from UTC
     * @param views the views in the step
     * @param uniqueUsers their distinct users
     */
    public record Point(
            String start,
            long views,
            @JsonProperty("unique_users") long uniqueUsers) {}

    @Override
    public Table table() {
        return Table.of("start", "views", "unique_users", "unique_users_exact")
                .rows(steps.stream().map(step -> List.of(step.start, step.views, step.uniqueUsers, uniqueUsersExact)));
    }

    @Override
    public long entries() {
        return total;
    }

    @Override
    public long bytes() {
        return POINT_BYTES * steps.size();
    }
}
