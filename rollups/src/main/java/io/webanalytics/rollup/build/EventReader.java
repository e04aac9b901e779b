package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.webanalytics.model.EventField;
import io.webanalytics.model.EventFields;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Reads the events that buckets are built from, from the primary. */
final class EventReader {

    /** Events that MongoDB hands out together: with the longest texts they are some MB. */
    private static final int BATCH = 1_000;

    /** Events of hours that should have none, at most, that are looked at together. */
    private static final int MOST_STRAYS = 1_000;

    private static final Bson ORDER = Sorts.ascending(EventField.SITE_ID.word(), EventField.TIMESTAMP.word());

    private static final Bson FIELDS = Projections.fields(
            Projections.include(
                    EventField.SITE_ID.word(),
                    EventField.TIMESTAMP.word(),
                    EventField.EVENT_TYPE.word(),
                    EventField.PATH.word(),
                    EventField.USER_ID.word(),
                    EventFields.REFERRER_HOST),
            Projections.excludeId());

    private static final Bson WHERE_AND_WHEN = Projections.fields(
            Projections.include(EventField.SITE_ID.word(), EventField.TIMESTAMP.word()), Projections.excludeId());

    private final MongoCollection<Document> events;

    EventReader(MongoDatabase database) {
        events = database.getCollection("events").withReadPreference(ReadPreference.primary());
    }

    /**
     * Counts the events of hours, and hands out each hour's content when it is complete.
     *
     * @param hours in the order of sites and time
     * @param enough asked after each hour whether to leave the others
     * @param stop asked now and then whether to leave the present one too
     * @throws MongoException if MongoDB does not answer
     */
    void read(List<Bucket> hours, BiConsumer<Bucket, BucketContent> to, BooleanSupplier enough, BooleanSupplier stop) {
        int place = 0;
        BucketContent content = new BucketContent();
        try (MongoCursor<Document> cursor = events.find(Span.filter(Span.of(hours)))
                .projection(FIELDS)
                .sort(ORDER)
                .batchSize(BATCH)
                .cursor()) {
            for (int read = 1; cursor.hasNext(); read++) {
                Document event = cursor.next();
                for (Bucket hour = hourOf(event); !hour.equals(hours.get(place)); place++) {
                    to.accept(hours.get(place), content);
                    content = new BucketContent();
                    if (enough.getAsBoolean()) {
                        return;
                    }
                }
                if (read % BATCH == 0 && stop.getAsBoolean()) {
                    return;
                }
                content.add(
                        event.getString(EventField.EVENT_TYPE.word()),
                        event.getDate(EventField.TIMESTAMP.word()).toInstant(),
                        event.getString(EventField.PATH.word()),
                        event.getString(EventField.USER_ID.word()),
                        event.getString(EventFields.REFERRER_HOST));
            }
        }
        for (; place < hours.size(); place++) {
            to.accept(hours.get(place), content);
            content = new BucketContent();
        }
    }

    /**
     * The hours that have events, of those in which none is expected: it is cheap where there are none.
     *
     * @param hours in the order of sites and time
     */
    Set<Bucket> withEvents(List<Bucket> hours) {
        Set<Bucket> found = new HashSet<>();
        List<Bucket> unknown = hours;
        while (!unknown.isEmpty()) {
            List<Bucket> next = events.find(Span.filter(Span.of(unknown)))
                    .projection(WHERE_AND_WHEN)
                    .sort(ORDER)
                    .limit(MOST_STRAYS)
                    .map(EventReader::hourOf)
                    .into(new ArrayList<>());
            found.addAll(next);
            unknown = next.size() < MOST_STRAYS ? List.of() : behind(next.get(MOST_STRAYS - 1), unknown);
        }
        return found;
    }

    private static List<Bucket> behind(Bucket last, List<Bucket> hours) {
        return hours.stream()
                .filter(hour -> Bucket.ORDER.compare(hour, last) > 0)
                .toList();
    }

    /** When the first event of a site happened, from one instant up to, and without, another; null where there is none. */
    @Nullable
    Instant first(String siteId, Instant from, Instant to) {
        Document event = events.find(new Span(siteId, from, to).filter())
                .projection(WHERE_AND_WHEN)
                .sort(ORDER)
                .limit(1)
                .first();
        return event == null ? null : event.getDate(EventField.TIMESTAMP.word()).toInstant();
    }

    /**
     * Sites that have events, in order.
     *
     * @param after behind this one
     * @param limit how many at most
     */
    List<String> sites(String after, int limit) {
        return events.aggregate(List.of(
                        Aggregates.match(Filters.gt(EventField.SITE_ID.word(), after)),
                        Aggregates.group("$" + EventField.SITE_ID.word()),
                        Aggregates.sort(Sorts.ascending("_id")),
                        Aggregates.limit(limit)))
                .map(site -> site.getString("_id"))
                .into(new ArrayList<>());
    }

    private static Bucket hourOf(Document event) {
        return Bucket.hour(
                event.getString(EventField.SITE_ID.word()),
                event.getDate(EventField.TIMESTAMP.word()).toInstant());
    }
}
