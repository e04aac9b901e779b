package io.webanalytics.reporting.count;

import com.mongodb.MongoCommandException;
import com.mongodb.client.AggregateIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Facet;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.webanalytics.model.EventFields;
import io.webanalytics.rollup.UserSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Counts events themselves. One pass over ranges of the index {@code {site_id, timestamp, event_type, path, user_id}} feeds
 * all figures, so that they belong together; the projection keeps it inside the index, referrers excepted.
 */
final class RawEvents {

    private static final String COUNT = "count";
    private static final String VIEWS = "views";
    private static final String USERS = "users";
    private static final String RANKING = "ranking";
    private static final String TOTAL = "total";
    private static final String ID = "_id";
    private static final String USER = "$" + EventFields.USER_ID;

    /**
     * Codes of what MongoDB says where an answer does not fit in one document.
     *
     * @see <a href="https://www.mongodb.com/docs/manual/reference/error-codes/">Error codes</a>
     */
    private static final Set<Integer> TOO_LARGE = Set.of(
            146, // ExceededMemoryLimit
            10_334, // BSONObjectTooLarge
            17_419, // $group and its accumulators
            4_031_700); // $facet

    private final MongoCollection<Document> events;
    private final Scope scope;
    private final List<Interval> intervals;
    private final Deadline deadline;

    RawEvents(MongoDatabase database, Scope scope, List<Interval> intervals, Deadline deadline) {
        this.events = database.getCollection("events");
        this.scope = scope;
        this.intervals = intervals;
        this.deadline = deadline;
    }

    /** Has MongoDB do all of it. */
    Counted count(boolean users, @Nullable Breakdown breakdown) {
        Document answer = first(countPipeline(users, breakdown));
        if (answer == null) { // some servers answer so where there is no collection yet
            return new Counted(0, 0, true, Counted.NO_RANKING);
        }
        Ranking ranking = breakdown == null
                ? Counted.NO_RANKING
                : new Ranking(
                        single(answer, TOTAL),
                        answer.getList(RANKING, Document.class).stream()
                                .map(row -> new Ranking.Row(row.getString(ID), number(row)))
                                .toList());
        return new Counted(single(answer, VIEWS), users ? single(answer, USERS) : 0, true, ranking);
    }

    List<Bson> countPipeline(boolean users, @Nullable Breakdown breakdown) {
        List<Facet> facets = new ArrayList<>(List.of(views()));
        if (users) {
            facets.add(new Facet(USERS, Aggregates.group(USER), Aggregates.group(null, Accumulators.sum(COUNT, 1))));
        }
        if (breakdown != null) {
            Object value = breakdown.dimension().expression(breakdown.zone());
            facets.add(new Facet(
                    RANKING,
                    Aggregates.group(value, Accumulators.sum(COUNT, 1)),
                    Aggregates.sort(Sorts.orderBy(Sorts.descending(COUNT), Sorts.ascending(ID))),
                    Aggregates.skip(breakdown.page().offset()),
                    Aggregates.limit(breakdown.page().limit())));
            facets.add(new Facet(TOTAL, Aggregates.group(value), Aggregates.group(null, Accumulators.sum(COUNT, 1))));
        }
        return pipeline(users, breakdown, Aggregates.facet(facets));
    }

    /**
     * Adds to what was counted elsewhere.
     *
     * @param users gets the distinct users, if not null
     * @param values gets the views of each value of the breakdown, if there is one
     * @return the events
     */
    long addTo(@Nullable UserSet users, @Nullable Breakdown breakdown, Map<String, Long> values) {
        try {
            return listInOneDocument(users, breakdown, values);
        } catch (MongoCommandException e) {
            if (!TOO_LARGE.contains(e.getErrorCode())) {
                throw e;
            }
            return list(users, breakdown, values);
        }
    }

    private long listInOneDocument(@Nullable UserSet users, @Nullable Breakdown breakdown, Map<String, Long> values) {
        List<Facet> facets = new ArrayList<>(List.of(views()));
        if (users != null) {
            facets.add(new Facet(USERS, Aggregates.group(null, Accumulators.addToSet(USERS, USER))));
        }
        if (breakdown != null) {
            facets.add(new Facet(RANKING, groupBy(breakdown)));
        }
        Document answer = first(pipeline(users != null, breakdown, Aggregates.facet(facets)));
        if (answer == null) {
            return 0;
        }
        if (users != null) {
            for (Document all : answer.getList(USERS, Document.class)) {
                all.getList(USERS, String.class).forEach(user -> users.add(UserSet.hash(user)));
            }
        }
        if (breakdown != null) {
            answer.getList(RANKING, Document.class)
                    .forEach(row -> values.merge(row.getString(ID), number(row), Long::sum));
        }
        return single(answer, VIEWS);
    }

    /** The same, one by one: slower, but without bounds. */
    private long list(@Nullable UserSet users, @Nullable Breakdown breakdown, Map<String, Long> values) {
        long[] views = {0};
        if (users != null) {
            aggregate(pipeline(true, null, Aggregates.group(USER)))
                    .forEach(row -> users.add(UserSet.hash(row.getString(ID))));
        }
        if (breakdown != null) {
            aggregate(pipeline(false, breakdown, groupBy(breakdown))).forEach(row -> {
                values.merge(row.getString(ID), number(row), Long::sum);
                views[0] += number(row);
            });
            return views[0];
        }
        Document counted = first(pipeline(users != null, null, Aggregates.group(null, Accumulators.sum(COUNT, 1))));
        return counted == null ? 0 : number(counted);
    }

    private static Facet views() {
        return new Facet(VIEWS, Aggregates.group(null, Accumulators.sum(COUNT, 1)));
    }

    private static Bson groupBy(Breakdown breakdown) {
        return Aggregates.group(breakdown.dimension().expression(breakdown.zone()), Accumulators.sum(COUNT, 1));
    }

    private List<Bson> pipeline(boolean users, @Nullable Breakdown breakdown, Bson last) {
        List<Bson> fields = new ArrayList<>(List.of(Projections.excludeId()));
        fields.add(Projections.include(users ? EventFields.USER_ID : EventFields.EVENT_TYPE));
        if (breakdown != null) {
            fields.add(breakdown.dimension().fields());
        }
        return List.of(Aggregates.match(scope.inside(intervals)), Aggregates.project(Projections.fields(fields)), last);
    }

    private @Nullable Document first(List<Bson> pipeline) {
        return aggregate(pipeline).first();
    }

    private AggregateIterable<Document> aggregate(List<Bson> pipeline) {
        return events.aggregate(pipeline)
                .allowDiskUse(true)
                .batchSize(20_000)
                .maxTime(deadline.leftMillis(), TimeUnit.MILLISECONDS);
    }

    private static long single(Document answer, String facet) {
        List<Document> counted = answer.getList(facet, Document.class);
        return counted.isEmpty() ? 0 : number(counted.get(0));
    }

    private static long number(Document document) {
        return document.get(COUNT, Number.class).longValue();
    }
}
