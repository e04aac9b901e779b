package io.webanalytics.reporting.count;

import com.mongodb.client.model.Filters;
import io.webanalytics.model.EventFields;
import io.webanalytics.model.Referrers;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a site count.
 *
 * @param siteId the site
 * @param eventType those of this type, or null for all
 * @param path those of such a path, or null for all
 * @param referrer those that came from such a host, or null for all
 */
public record Scope(
        String siteId,
        @Nullable String eventType,
        @Nullable Wildcard path,
        @Nullable Wildcard referrer) {

    /** Whether only the events themselves can tell. */
    boolean isFiltered() {
        return path != null || referrer != null;
    }

    /** Those of them that lie in one of the intervals. */
    Bson inside(List<Interval> intervals) {
        List<Bson> conditions = new ArrayList<>();
        conditions.add(Filters.eq(EventFields.SITE_ID, siteId));
        List<Bson> ranges = intervals.stream().map(Scope::inside).toList();
        conditions.add(ranges.size() == 1 ? ranges.get(0) : Filters.or(ranges));
        if (eventType != null) {
            conditions.add(Filters.eq(EventFields.EVENT_TYPE, eventType));
        }
        if (path != null) {
            conditions.add(path.on(EventFields.PATH));
        }
        if (referrer != null) {
            Bson given = referrer.on(EventFields.REFERRER_HOST);
            conditions.add(
                    referrer.matches(Referrers.DIRECT)
                            ? Filters.or(given, Filters.exists(EventFields.REFERRER_HOST, false))
                            : given);
        }
        return Filters.and(conditions);
    }

    private static Bson inside(Interval interval) {
        return Filters.and(
                Filters.gte(EventFields.TIMESTAMP, Date.from(interval.from())),
                Filters.lt(EventFields.TIMESTAMP, Date.from(interval.to())));
    }
}
