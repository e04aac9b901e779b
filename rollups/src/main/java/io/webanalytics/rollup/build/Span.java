package io.webanalytics.rollup.build;

import com.mongodb.client.model.Filters;
import io.webanalytics.model.EventField;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.store.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.conversions.Bson;

/**
 * Consecutive hours of one site.
 *
 * @param siteId the site
 * @param time from the start of the first hour to the end of the last
 */
record Span(String siteId, Interval time) {

    Span(String siteId, Instant from, Instant to) {
        this(siteId, new Interval(from, to));
    }

    /** Joins hours, which are in the order of sites and time, into the longest possible spans. */
    static List<Span> of(List<Bucket> hours) {
        List<Span> spans = new ArrayList<>();
        for (Bucket hour : hours) {
            int last = spans.size() - 1;
            Span before = last < 0 ? null : spans.get(last);
            if (before != null
                    && before.siteId.equals(hour.siteId())
                    && before.time.to().equals(hour.start())) {
                spans.set(last, new Span(before.siteId, before.time.from(), hour.end()));
            } else {
                spans.add(new Span(hour.siteId(), hour.start(), hour.end()));
            }
        }
        return spans;
    }

    /** Matches the events of all spans. Each span is a range of the index, which begins with the site and the time. */
    static Bson filter(List<Span> spans) {
        List<Bson> filters = spans.stream().map(Span::filter).toList();
        return filters.size() == 1 ? filters.get(0) : Filters.or(filters);
    }

    Bson filter() {
        return Filters.and(Filters.eq(EventField.SITE_ID.word(), siteId), time.filter());
    }
}
