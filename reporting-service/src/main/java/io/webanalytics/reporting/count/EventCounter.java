package io.webanalytics.reporting.count;

import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.model.Outage;
import io.webanalytics.reporting.ReportingProperties;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts.GoneException;
import io.webanalytics.rollup.QueueSnapshot;
import io.webanalytics.rollup.QueueSnapshots;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/** Where reports get their figures. Everything is read from the primary. */
@Component
public class EventCounter {

    /** Buckets that are built again meanwhile are done without: hours instead of a day, events instead of an hour. */
    private static final int MOST_ATTEMPTS = 5;

    private final MongoDatabase database;
    private final BucketHeads heads;
    private final QueueSnapshots snapshots;
    private final ReportingProperties properties;
    private final Outage outage = new Outage("MongoDB");

    public EventCounter(MongoDatabaseFactory mongo, ReportingProperties properties) {
        this.database = mongo.getMongoDatabase().withReadPreference(ReadPreference.primary());
        this.heads = new BucketHeads(database);
        this.snapshots = new QueueSnapshots(database);
        this.properties = properties;
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
        } catch (MongoExecutionTimeoutException e) {
            throw e;
        } catch (MongoException e) {
            outage.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private <T> T attempt(Scope scope, Interval whole, Function<Counting, T> report, Deadline deadline) {
        QueueSnapshot snapshot = snapshots.read();
        Set<Bucket> gone = new HashSet<>();
        for (int attempt = 1; ; attempt++) {
            BucketIndex index = !properties.rollups() || scope.isFiltered() || attempt > MOST_ATTEMPTS
                    ? new BucketIndex()
                    : new BucketIndex(heads, scope.siteId(), whole, gone);
            try {
                return report.apply(
                        new Counting(database, scope, index, deadline, properties.exactUsersLimit(), snapshot));
            } catch (GoneException e) {
                gone.addAll(e.buckets());
            }
        }
    }
}
