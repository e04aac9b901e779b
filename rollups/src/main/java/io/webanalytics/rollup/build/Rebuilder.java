package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.Bucket.Unit;
import io.webanalytics.rollup.BucketHeads;
import java.time.Instant;
import java.util.List;

/** Has buckets built again, whether they need it or not. */
public final class Rebuilder {

    private final BucketHeads heads;
    private final EventReader events;

    public Rebuilder(MongoDatabase database) {
        this.heads = new BucketHeads(database);
        this.events = new EventReader(database);
    }

    /**
     * Marks the hours of all days that have events or buckets.
     *
     * @param from the first instant of a day
     * @param to the first instant after the last day
     * @return how many hours are marked
     * @throws MongoException if MongoDB fails
     */
    public int mark(String siteId, Instant from, Instant to) {
        int marked = 0;
        for (Bucket day = Bucket.day(siteId, from); day.start().isBefore(to); day = day.next()) {
            if (!heads.between(siteId, Unit.HOUR, day.start(), day.end()).isEmpty()
                    || events.anyInside(siteId, day.start(), day.end())) {
                List<Bucket> hours = day.hours().toList();
                heads.mark(hours);
                marked += hours.size();
            }
        }
        return marked;
    }
}
