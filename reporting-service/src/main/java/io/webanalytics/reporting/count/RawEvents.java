package io.webanalytics.reporting.count;

import com.mongodb.client.AggregateIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Projections;
import io.webanalytics.model.EventFields;
import io.webanalytics.rollup.DistinctUsers;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Counts events themselves. One pass over ranges of the index {@code {site_id, timestamp, event_type, path, user_id}} feeds
 * all that a report asks for, so that its figures belong together; the projection keeps it inside the index, referrers excepted.
 * MongoDB finds the events and hands out a few fields of each; they are matched, counted and put in order here, in the same way
 * whichever server it is.
 */
final class RawEvents {

    /** The time and the memory are looked at once in so many events. */
    private static final int LOOK_EVERY = 1_000;

    private final MongoCollection<Document> events;
    private final Scope scope;
    private final Deadline deadline;

    RawEvents(MongoDatabase database, Scope scope, Deadline deadline) {
        this.events = database.getCollection("events");
        this.scope = scope;
        this.deadline = deadline;
    }

    /** Gives each event to all whose stretches it lies in. */
    void read(Timeline timeline, Collection<Count> counts) {
        if (timeline.covered().isEmpty()) {
            return;
        }
        try (MongoCursor<Document> found =
                aggregate(pipeline(timeline.covered(), counts)).cursor()) {
            for (int read = 1; found.hasNext(); read++) {
                Document event = found.next();
                if (read % LOOK_EVERY == 0) {
                    deadline.leftMillis();
                    counts.forEach(Count::account);
                }
                if (scope.matches(event)) {
                    add(event, timeline.at(event.getDate(EventFields.TIMESTAMP).getTime()));
                }
            }
        }
        counts.forEach(Count::account);
    }

    private static void add(Document event, List<Count> counts) {
        String user = event.getString(EventFields.USER_ID);
        long hash = user == null ? 0 : DistinctUsers.hash(user);
        for (Count count : counts) {
            count.add(hash);
            Breakdown breakdown = count.ask().breakdown();
            if (breakdown != null) {
                count.add(breakdown.dimension().valueOf(event, breakdown.zone()), 1);
            }
        }
    }

    List<Bson> pipeline(List<Interval> intervals, Collection<Count> counts) {
        Set<String> fields = new LinkedHashSet<>(List.of(EventFields.TIMESTAMP));
        if (counts.stream().anyMatch(count -> count.ask().users())) {
            fields.add(EventFields.USER_ID);
        }
        for (Count count : counts) {
            Dimension dimension = count.dimension();
            if (dimension != null) {
                fields.add(dimension.field());
            }
        }
        scope.conditions().forEach(condition -> fields.add(condition.dimension().field()));
        return List.of(
                Aggregates.match(scope.inside(intervals)),
                Aggregates.project(
                        Projections.fields(Projections.excludeId(), Projections.include(List.copyOf(fields)))));
    }

    private AggregateIterable<Document> aggregate(List<Bson> pipeline) {
        return events.aggregate(pipeline).batchSize(20_000).maxTime(deadline.leftMillis(), TimeUnit.MILLISECONDS);
    }
}
