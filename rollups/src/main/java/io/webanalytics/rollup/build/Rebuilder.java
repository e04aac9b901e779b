package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.store.StoredEvents;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Has buckets rebuilt, whether they need it or not. */
public final class Rebuilder {

    private final DirtyHours dirty;
    private final BucketHeads heads;
    private final EventReader events;

    public Rebuilder(MongoDatabase database, DirtyHours dirty) {
        this.dirty = dirty;
        this.heads = new BucketHeads(database);
        this.events = new EventReader(new StoredEvents(database));
    }

    /**
     * Marks the hours that have events or buckets.
     *
     * @param from the first instant of a day
     * @param to the first instant after the last day
     * @return how many hours are marked
     * @throws MongoException if MongoDB fails
     */
    public int mark(String siteId, Instant from, Instant to) {
        int marked = 0;
        for (Bucket day = Bucket.day(siteId, from); day.start().isBefore(to); day = day.next()) {
            Set<Bucket> hours = new HashSet<>();
            heads.outlines(siteId, Unit.HOUR, day.start(), day.end(), head -> hours.add(head.bucket()));
            hours.addAll(events.withEvents(
                    day.hours().filter(hour -> !hours.contains(hour)).toList()));
            dirty.mark(hours);
            marked += hours.size();
        }
        return marked;
    }
}
