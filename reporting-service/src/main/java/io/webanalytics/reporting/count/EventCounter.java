package io.webanalytics.reporting.count;

import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.model.Outage;
import io.webanalytics.reporting.ReportingProperties;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.BucketParts.BrokenException;
import io.webanalytics.rollup.BucketParts.GoneException;
import io.webanalytics.rollup.PartCache;
import io.webanalytics.rollup.QueueSnapshot;
import io.webanalytics.rollup.QueueSnapshots;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/** Where reports get their figures. Everything is read from the primary. */
@Component
public class EventCounter {

    /** Buckets that are built again meanwhile are done without: hours instead of a day, events instead of an hour. */
    private static final int MOST_ATTEMPTS = 5;

    private final MongoDatabase database;
    private final ReportingProperties properties;
    private final PartCache cache;
    private final Unreadable unreadable;
    private final Outage outage = new Outage("MongoDB");

    public EventCounter(MongoDatabaseFactory mongo, ReportingProperties properties, MeterRegistry metrics) {
        this.database = mongo.getMongoDatabase().withReadPreference(ReadPreference.primary());
        this.properties = properties;
        this.cache = new PartCache(properties.rollupCache().toBytes());
        this.unreadable = new Unreadable(metrics);
    }

    /**
     * Makes a report. The queue's snapshot is read before anything is counted, so that it never promises too much.
     *
     * @param scope which events count
     * @param whole all the time that the report may ask for
     * @param report asks for its figures
     * @throws MongoException if MongoDB is away, or took too long
     */
    public <T> T report(Scope scope, Interval whole, Function<Counting, T> report) {
        Deadline deadline = new Deadline(properties.queryTimeout());
        try {
            T answer = attempt(scope, whole, report, deadline);
            outage.worked();
            return answer;
        } catch (MongoExecutionTimeoutException | MongoOperationTimeoutException e) {
            throw e;
        } catch (MongoException e) {
            outage.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** Gives each operation what is left of the time now. */
    private MongoDatabase within(Deadline deadline) {
        return database.withTimeout(deadline.leftMillis(), TimeUnit.MILLISECONDS);
    }

    private <T> T attempt(Scope scope, Interval whole, Function<Counting, T> report, Deadline deadline) {
        QueueSnapshot snapshot = new QueueSnapshots(within(deadline)).read();
        Set<Bucket> gone = new HashSet<>(unreadable.lately());
        for (int attempt = 1; ; attempt++) {
            BucketIndex index = !properties.rollups() || scope.isFiltered() || attempt > MOST_ATTEMPTS
                    ? new BucketIndex()
                    : new BucketIndex(new BucketHeads(within(deadline)), scope.siteId(), whole, gone);
            unreadable.found(index.ofOtherForms());
            try {
                BucketParts parts = new BucketParts(within(deadline), cache);
                return report.apply(
                        new Counting(database, parts, scope, index, deadline, properties.exactUsersLimit(), snapshot));
            } catch (GoneException e) {
                gone.addAll(e.buckets());
            } catch (BrokenException e) {
                unreadable.found(e);
                gone.add(e.bucket());
            }
        }
    }
}
