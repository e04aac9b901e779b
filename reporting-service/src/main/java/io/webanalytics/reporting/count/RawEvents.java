package io.webanalytics.reporting.count;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.model.EventField;
import io.webanalytics.rollup.DistinctUsers;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.EventFilter;
import io.webanalytics.store.Interval;
import io.webanalytics.store.StoredEvent;
import io.webanalytics.store.StoredEvents;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * Counts raw events. One pass over ranges of the index {@code {site_id, timestamp, event_type, path, user_id}} feeds all asks of a
 * report, so that its figures are consistent. The query is covered by the index, unless it needs referrers. MongoDB finds the
 * events and returns a few fields of each. They are matched, counted and sorted here, so that the result does not depend on the
 * server.
 */
final class RawEvents {

    /** Events in one batch of the cursor. */
    private static final int BATCH = 500;

    /** Approximate memory of a batch of events with long texts. */
    private static final long BATCH_BYTES = 4 << 20;

    /** Intervals in one query. The time of query engines grows with the square of their number. */
    private static final int MOST_TOGETHER = 100;

    private final StoredEvents events;
    private final EventFilter filter;
    private final Budget budget;
    private final Deadline deadline;

    RawEvents(MongoDatabase database, EventFilter filter, Budget budget, Deadline deadline) {
        this.events = new StoredEvents(database);
        this.filter = filter;
        this.budget = budget;
        this.deadline = deadline;
    }

    /** Adds each event to all counts whose intervals contain it. */
    void read(Timeline timeline, Collection<RunningCount> counts) {
        List<Interval> covered = timeline.covered();
        Budget.Share share = budget.share();
        share.set(covered.isEmpty() ? 0 : Math.min(BATCH_BYTES, budget.most() / 8));
        for (int from = 0; from < covered.size(); from += MOST_TOGETHER) {
            read(covered.subList(from, Math.min(from + MOST_TOGETHER, covered.size())), timeline, counts);
        }
        share.set(0);
    }

    private void read(List<Interval> intervals, Timeline timeline, Collection<RunningCount> counts) {
        try (MongoCursor<StoredEvent> found =
                find(intervals, counts).map(StoredEvent::new).cursor()) {
            int lookEvery = Math.max(BATCH, counts.size());
            for (int read = 1; found.hasNext(); read++) {
                StoredEvent event = found.next();
                if (read % lookEvery == 0) {
                    counts.forEach(RunningCount::account);
                }
                if (filter.accepts(event)) {
                    add(event, timeline.at(event.epochMillis()));
                }
            }
        }
        counts.forEach(RunningCount::account);
    }

    private static void add(StoredEvent event, List<RunningCount> counts) {
        String user = event.text(EventField.USER_ID);
        long hash = user == null ? 0 : DistinctUsers.hash(user);
        for (RunningCount count : counts) {
            count.add(hash);
            Breakdown breakdown = count.ask().breakdown();
            if (breakdown != null) {
                count.add(breakdown.dimension().valueOf(event, breakdown.zone()), 1);
            }
        }
    }

    FindIterable<Document> find(List<Interval> intervals, Collection<RunningCount> counts) {
        Set<String> fields = new LinkedHashSet<>(List.of(EventField.TIMESTAMP.word()));
        if (counts.stream().anyMatch(count -> count.ask().users())) {
            fields.add(EventField.USER_ID.word());
        }
        for (RunningCount count : counts) {
            Dimension dimension = count.dimension();
            if (dimension != null) {
                fields.add(dimension.field());
            }
        }
        fields.addAll(filter.fields());
        return events.find(filter.inside(intervals), fields)
                .limit(Integer.MAX_VALUE) // so that DocumentDB continues after a batch, and does not start anew
                .batchSize(BATCH)
                .maxTime(deadline.leftMillis(), TimeUnit.MILLISECONDS);
    }
}
