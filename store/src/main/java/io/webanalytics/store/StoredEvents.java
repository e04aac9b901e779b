package io.webanalytics.store;

import com.mongodb.ReadPreference;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.webanalytics.model.EventField;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

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
     * Returns the next site that has events; null if there is none. It reads one entry of the index, however many events and sites
     * there are.
     *
     * @param after the site that it follows, in the order of the index; empty for the first
     */
    public @Nullable String siteAfter(String after) {
        return find(Filters.gt(EventField.SITE_ID.word(), after), List.of(EventField.SITE_ID.word()))
                .sort(ORDER)
                .limit(1)
                .map(event -> new StoredEvent(event).required(EventField.SITE_ID))
                .first();
    }
}
