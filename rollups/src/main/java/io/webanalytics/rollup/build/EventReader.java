package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCursor;
import io.webanalytics.model.EventField;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketContent;
import io.webanalytics.rollup.Part;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.StoredEvent;
import io.webanalytics.store.StoredEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the events that buckets are built from. */
final class EventReader {

    /** Events in one reply of MongoDB: a few MB with the longest texts. */
    private static final int BATCH = 1_000;

    /** Most events that {@link #withEvents} reads with one query. */
    private static final int MOST_STRAYS = 1_000;

    private static final List<String> WHERE_AND_WHEN = List.of(EventField.SITE_ID.word(), EventField.TIMESTAMP.word());

    private static final List<String> COUNTED = Stream.concat(
                    Stream.of(EventField.SITE_ID, EventField.TIMESTAMP, EventField.EVENT_TYPE, EventField.USER_ID)
                            .map(EventField::word),
                    Part.counted().stream().map(Dimension::field))
            .toList();

    private final StoredEvents events;

    EventReader(StoredEvents events) {
        this.events = events;
    }

    /**
     * Counts the events of hours, and passes on the content of each hour when it is complete.
     *
     * @param hours in the order of sites and time
     * @param enough called after each hour: whether to skip the other hours
     * @param stop called now and then: whether to abandon the current hour too
     * @throws MongoException if MongoDB does not answer
     */
    void read(List<Bucket> hours, BiConsumer<Bucket, BucketContent> to, BooleanSupplier enough, BooleanSupplier stop) {
        int place = 0;
        BucketContent content = new BucketContent();
        try (MongoCursor<StoredEvent> cursor = events.find(Span.filter(Span.of(hours)), COUNTED)
                .sort(StoredEvents.ORDER)
                .batchSize(BATCH)
                .map(StoredEvent::new)
                .cursor()) {
            for (int read = 1; cursor.hasNext(); read++) {
                StoredEvent event = cursor.next();
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
                content.add(event);
            }
        }
        for (; place < hours.size(); place++) {
            to.accept(hours.get(place), content);
            content = new BucketContent();
        }
    }

    /**
     * Returns those hours that have events. It is cheap if there are none, which is what is expected.
     *
     * @param hours in the order of sites and time
     */
    Set<Bucket> withEvents(List<Bucket> hours) {
        Set<Bucket> found = new HashSet<>();
        List<Bucket> unknown = hours;
        while (!unknown.isEmpty()) {
            List<Bucket> next = events.find(Span.filter(Span.of(unknown)), WHERE_AND_WHEN)
                    .sort(StoredEvents.ORDER)
                    .limit(MOST_STRAYS)
                    .map(StoredEvent::new)
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

    /** Returns the time of the first event of a site from {@code from} to {@code to} (exclusive); null if there is none. */
    @Nullable
    Instant first(String siteId, Instant from, Instant to) {
        return events.find(new Span(siteId, from, to).filter(), WHERE_AND_WHEN)
                .sort(StoredEvents.ORDER)
                .limit(1)
                .map(event -> new StoredEvent(event).timestamp())
                .first();
    }

    private static Bucket hourOf(StoredEvent event) {
        return Bucket.hour(event.required(EventField.SITE_ID), event.timestamp());
    }
}
