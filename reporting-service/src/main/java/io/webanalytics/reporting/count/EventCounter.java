package io.webanalytics.reporting.count;

import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.model.Outage;
import io.webanalytics.model.QueueSnapshot;
import io.webanalytics.reporting.ReportingProperties;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.BucketParts.BrokenException;
import io.webanalytics.rollup.BucketParts.GoneException;
import io.webanalytics.rollup.PartCache;
import io.webanalytics.rollup.QueueSnapshots;
import io.webanalytics.store.EventFilter;
import io.webanalytics.store.Interval;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/** Counts the figures of reports. Everything is read from the primary. */
@Component
public class EventCounter {

    private static final Logger log = LoggerFactory.getLogger(EventCounter.class);

    /** An attempt leaves out buckets that were rebuilt during earlier ones. After so many attempts only events are read. */
    private static final int MOST_ATTEMPTS = 5;

    private final MongoDatabase database;
    private final ReportingProperties properties;
    private final PartCache cache;
    private final Unreadable unreadable;
    private final ReportMemory memory;
    private final Outage outage = new Outage("MongoDB");

    public EventCounter(
            MongoDatabaseFactory mongo, ReportingProperties properties, ReportMemory memory, MeterRegistry metrics) {
        this.database = mongo.getMongoDatabase().withReadPreference(ReadPreference.primary());
        this.properties = properties;
        this.memory = memory;
        this.cache = new PartCache(properties.rollupCache().toBytes());
        this.unreadable = new Unreadable(metrics);
    }

    /**
     * Counts all asks of a report. The queue's snapshot is read before the count, so that its {@code complete_through} is never
     * too late.
     *
     * @param filter which events count
     * @param asks the figures to count
     * @throws UnansweredException if MongoDB fails or is away, or the report takes more time or memory than it may
     */
    public ReportFigures count(EventFilter filter, List<Ask> asks) {
        Deadline deadline = new Deadline(properties.queryTimeout());
        try (Budget budget = memory.enter(deadline)) {
            ReportFigures figures = attempt(filter, asks, deadline, budget);
            outage.worked();
            return figures;
        } catch (MongoException e) {
            Unanswered reason = Unanswered.of(e);
            switch (reason) {
                case STORE_UNAVAILABLE -> outage.failed(String.valueOf(e.getMessage()));
                case STORE_FAILED -> log.warn("MongoDB failed at a report of {}", filter.siteId(), e);
                default -> {} // the response names the reason; operators need not know
            }
            throw new UnansweredException(reason, e);
        }
    }

    /** Returns the database with the time left as its limit. */
    private MongoDatabase within(Deadline deadline) {
        return database.withTimeout(deadline.leftMillis(), TimeUnit.MILLISECONDS);
    }

    private ReportFigures attempt(EventFilter filter, List<Ask> asks, Deadline deadline, Budget budget) {
        QueueSnapshot snapshot = new QueueSnapshots(within(deadline)).read();
        Set<Bucket> gone = new HashSet<>(unreadable.lately());
        for (int attempt = 1; ; attempt++) {
            BucketIndex index = !properties.rollups() || !filter.isOnlyOn(BucketHead.TOLD) || attempt > MOST_ATTEMPTS
                    ? new BucketIndex(budget.share())
                    : new BucketIndex(
                            new BucketHeads(() -> within(deadline)), filter.siteId(), hull(asks), gone, budget.share());
            unreadable.found(index.ofOtherForms());
            try {
                BucketParts parts = new BucketParts(() -> within(deadline), cache, budget.share()::set);
                RawEvents events = new RawEvents(database, filter, budget, deadline);
                return new Counting(events, parts, index, filter, budget, properties.exactUsersLimit())
                        .count(asks, snapshot);
            } catch (GoneException e) {
                gone.addAll(e.buckets());
            } catch (BrokenException e) {
                unreadable.found(e);
                gone.add(e.bucket());
            }
            budget.startAgain();
        }
    }

    /** Returns the interval that spans all asks. */
    private static Interval hull(List<Ask> asks) {
        Instant from = asks.stream()
                .map(ask -> ask.interval().from())
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant to = asks.stream()
                .map(ask -> ask.interval().to())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return new Interval(from, to);
    }
}
