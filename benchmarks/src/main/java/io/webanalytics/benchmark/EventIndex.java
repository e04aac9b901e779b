package io.webanalytics.benchmark;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import io.webanalytics.model.EventField;
import org.bson.Document;

/** The index on events that the processor makes, made before there are any. */
public final class EventIndex {

    private EventIndex() {}

    public static void ensure(MongoCollection<Document> events) {
        events.createIndex(Indexes.ascending(
                EventField.SITE_ID.word(),
                EventField.TIMESTAMP.word(),
                EventField.EVENT_TYPE.word(),
                EventField.PATH.word(),
                EventField.USER_ID.word()));
    }
}
