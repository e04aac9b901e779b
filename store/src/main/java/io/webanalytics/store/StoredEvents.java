package io.webanalytics.store;

import com.mongodb.ReadPreference;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.webanalytics.model.EventField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Reads events, from the primary. */
public final class StoredEvents {

    /** By site, then by time, which is the order of the index. */
    public static final Bson ORDER = Sorts.ascending(EventField.SITE_ID.word(), EventField.TIMESTAMP.word());

    private final MongoCollection<Document> events;

    public StoredEvents(MongoDatabase database) {
        events = database.getCollection(CollectionNames.EVENTS).withReadPreference(ReadPreference.primary());
    }

    /**
     * Finds events. The caller may sort and limit them, and then reads each document as a {@link StoredEvent}.
     *
     * @param fields the names of the fields to read: {@link EventField#word}, {@link Dimension#field}
     */
    public FindIterable<Document> find(Bson filter, Collection<String> fields) {
        return events.find(filter)
                .projection(Projections.fields(Projections.excludeId(), Projections.include(List.copyOf(fields))));
    }

    /**
     * Returns sites that have events, in order.
     *
     * @param after only sites that follow this one
     * @param limit the most sites to return
     */
    public List<String> sites(String after, int limit) {
        return events.aggregate(List.of(
                        Aggregates.match(Filters.gt(EventField.SITE_ID.word(), after)),
                        Aggregates.group("$" + EventField.SITE_ID.word()),
                        Aggregates.sort(Sorts.ascending("_id")),
                        Aggregates.limit(limit)))
                .map(site -> site.getString("_id"))
                .into(new ArrayList<>());
    }
}
