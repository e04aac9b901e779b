package io.webanalytics.benchmark;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import io.webanalytics.model.EventFields;
import org.bson.Document;

/** The index on events that the processor makes, made before there are any. */
public final class EventIndex {

    private EventIndex() {}

    public static void ensure(MongoCollection<Document> events) {
        events.createIndex(Indexes.ascending(
                EventFields.SITE_ID,
                EventFields.TIMESTAMP,
                EventFields.EVENT_TYPE,
                EventFields.PATH,
                EventFields.USER_ID));
    }
}
