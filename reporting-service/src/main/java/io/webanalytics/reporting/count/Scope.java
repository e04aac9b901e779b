package io.webanalytics.reporting.count;

import com.mongodb.client.model.Filters;
import io.webanalytics.model.EventField;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a site count.
 *
 * @param siteId the site
 * @param eventType those of this type, or null for all
 * @param conditions those that meet all of them
 */
public record Scope(String siteId, @Nullable String eventType, List<Condition> conditions) {

    /** Whether only the events themselves can tell. */
    boolean isFiltered() {
        return !conditions.isEmpty();
    }

    boolean matches(Document event) {
        for (Condition condition : conditions) {
            if (!condition.matches(event)) {
                return false;
            }
        }
        return true;
    }

    /** Those that lie in one of the intervals, and some that do not {@link #matches match}. */
    Bson inside(List<Interval> intervals) {
        List<Bson> filters = new ArrayList<>();
        filters.add(Filters.eq(EventField.SITE_ID.word(), siteId));
        List<Bson> ranges = intervals.stream().map(Scope::inside).toList();
        filters.add(ranges.size() == 1 ? ranges.get(0) : Filters.or(ranges));
        if (eventType != null) {
            filters.add(Filters.eq(EventField.EVENT_TYPE.word(), eventType));
        }
        conditions.forEach(condition -> condition.onServer().ifPresent(filters::add));
        return Filters.and(filters);
    }

    private static Bson inside(Interval interval) {
        return Filters.and(
                Filters.gte(EventField.TIMESTAMP.word(), Date.from(interval.from())),
                Filters.lt(EventField.TIMESTAMP.word(), Date.from(interval.to())));
    }
}
