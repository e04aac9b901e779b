package io.webanalytics.store;

import com.mongodb.client.model.Filters;
import io.webanalytics.model.EventField;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.conversions.Bson;

/**
 * Which events count: those of a site that meet all conditions. The same filter is applied to events and to rollups.
 *
 * @param siteId the site
 * @param conditions in any order
 */
public record EventFilter(String siteId, List<Condition> conditions) {

    public EventFilter {
        conditions = List.copyOf(conditions);
    }

    /** Whether its conditions are on these dimensions only. */
    public boolean isOnlyOn(Set<Dimension> told) {
        return conditions.stream().map(Condition::dimension).allMatch(told::contains);
    }

    /** Returns the conditions on a dimension. */
    public List<Condition> on(Dimension dimension) {
        return conditions.stream()
                .filter(condition -> condition.dimension() == dimension)
                .toList();
    }

    /** Whether a value meets the conditions on its dimension. */
    public boolean accepts(Dimension dimension, String value) {
        for (Condition condition : conditions) {
            if (condition.dimension() == dimension && !condition.isMetBy(value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an event of the site, with the {@link #fields} read, meets all conditions. */
    public boolean accepts(StoredEvent event) {
        for (Condition condition : conditions) {
            if (!condition.isMetBy(condition.dimension().valueOf(event))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the fields that {@link #accepts(StoredEvent)} reads. */
    public Set<String> fields() {
        return conditions.stream()
                .map(condition -> condition.dimension().field())
                .collect(Collectors.toSet());
    }

    /** Returns a query for these intervals. It may also find events that do not count: see {@link #accepts(StoredEvent)}. */
    public Bson inside(List<Interval> intervals) {
        List<Bson> filters = new ArrayList<>();
        filters.add(Filters.eq(EventField.SITE_ID.word(), siteId));
        List<Bson> ranges = intervals.stream().map(Interval::filter).toList();
        filters.add(ranges.size() == 1 ? ranges.get(0) : Filters.or(ranges));
        conditions.forEach(condition -> condition.onServer().ifPresent(filters::add));
        return Filters.and(filters);
    }
}
