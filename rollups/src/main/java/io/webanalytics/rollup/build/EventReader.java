package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.webanalytics.model.EventFields;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Reads the events that buckets are built from, from the primary. */
final class EventReader {

    private static final int BATCH = 10_000;

    private static final Bson FIELDS = Projections.fields(
            Projections.include(
                    EventFields.TIMESTAMP,
                    EventFields.EVENT_TYPE,
                    EventFields.PATH,
                    EventFields.USER_ID,
                    EventFields.REFERRER_HOST),
            Projections.excludeId());

    private final MongoCollection<Document> events;

    EventReader(MongoDatabase database) {
        events = database.getCollection("events").withReadPreference(ReadPreference.primary());
    }

    /**
     * Counts the events of consecutive hours of a site, and hands out each hour's content when it is complete.
     *
     * @throws MongoException if MongoDB does not answer
     */
    void read(List<Bucket> hours, BiConsumer<Bucket, BucketContent> to) {
        Bucket first = hours.get(0);
        Bucket last = hours.get(hours.size() - 1);
        Bson filter = inside(first.siteId(), first.start(), last.end());
        int place = 0;
        boolean tooLarge = false;
        BucketContent content = new BucketContent();
        try (MongoCursor<Document> cursor = events.find(filter)
                .projection(FIELDS)
                .sort(Sorts.ascending(EventFields.SITE_ID, EventFields.TIMESTAMP))
                .batchSize(BATCH)
                .cursor()) {
            for (int read = 1; cursor.hasNext(); read++) {
                Document event = cursor.next();
                Instant timestamp = event.getDate(EventFields.TIMESTAMP).toInstant();
                while (!timestamp.isBefore(hours.get(place).end())) {
                    to.accept(hours.get(place++), content);
                    content = new BucketContent();
                    tooLarge = false;
                }
                if (read % BATCH == 0 && content.isTooLarge()) {
                    tooLarge = true;
                }
                if (tooLarge) {
                    continue; // whoever gets it sees that it is too large; the rest would only take more memory
                }
                content.of(event.getString(EventFields.EVENT_TYPE))
                        .add(
                                timestamp,
                                event.getString(EventFields.PATH),
                                event.getString(EventFields.USER_ID),
                                event.getString(EventFields.REFERRER_HOST));
            }
        }
        for (; place < hours.size(); place++) {
            to.accept(hours.get(place), content);
            content = new BucketContent();
        }
    }

    /** Whether a site has an event from one instant up to, and without, another. */
    boolean anyInside(String siteId, Instant from, Instant to) {
        return events.find(inside(siteId, from, to))
                        .projection(new Document("_id", 1))
                        .limit(1)
                        .first()
                != null;
    }

    /** Every site that has events. */
    List<String> sites() {
        return events.distinct(EventFields.SITE_ID, String.class).into(new ArrayList<>());
    }

    private static Bson inside(String siteId, Instant from, Instant to) {
        return Filters.and(
                Filters.eq(EventFields.SITE_ID, siteId),
                Filters.gte(EventFields.TIMESTAMP, Date.from(from)),
                Filters.lt(EventFields.TIMESTAMP, Date.from(to)));
    }
}
