package io.webanalytics.reporting.count;

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
        Document answer = aggregate(countPipeline(users, breakdown)).first();
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
        List<Facet> facets = new ArrayList<>();
        facets.add(new Facet(VIEWS, Aggregates.group(null, Accumulators.sum(COUNT, 1))));
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
        return List.of(matching(), only(users, breakdown), Aggregates.facet(facets));
    }

    /**
     * Adds to what was counted elsewhere, event by event: a union of users is not to be had from counts, and a set of them
     * need not fit in a document of MongoDB.
     *
     * @param users gets the users, if not null
     * @param values gets the views of each value of the breakdown, if there is one
     * @return the events
     */
    long addTo(@Nullable UserSet users, @Nullable Breakdown breakdown, Map<String, Long> values) {
        long views = 0;
        for (Document event : aggregate(listPipeline(users != null, breakdown))) {
            views++;
            if (users != null) {
                users.add(UserSet.hash(event.getString(EventFields.USER_ID)));
            }
            if (breakdown != null) {
                values.merge(breakdown.dimension().valueOf(event, breakdown.zone()), 1L, Long::sum);
            }
        }
        return views;
    }

    List<Bson> listPipeline(boolean users, @Nullable Breakdown breakdown) {
        return List.of(matching(), only(users, breakdown));
    }

    private Bson matching() {
        return Aggregates.match(scope.inside(intervals));
    }

    /** At least one field, and none that is not needed: so the plan stays inside the index. */
    private static Bson only(boolean users, @Nullable Breakdown breakdown) {
        List<Bson> fields = new ArrayList<>(List.of(Projections.excludeId()));
        fields.add(Projections.include(users ? EventFields.USER_ID : EventFields.EVENT_TYPE));
        if (breakdown != null) {
            fields.add(Projections.include(breakdown.dimension().field()));
        }
        return Aggregates.project(Projections.fields(fields));
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
