package io.webanalytics.reporting;

import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Facet;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.webanalytics.model.EventFields;
import io.webanalytics.model.Outage;
import io.webanalytics.reporting.Stats.PathViews;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/**
 * Views, unique users and top paths of one day, from the events themselves. One pass over one range of the index
 * {@code {site_id, timestamp, event_type, path, user_id}} feeds all three figures, so that they belong together; the
 * projection keeps it inside the index.
 */
@Component
class StatsQuery {

    private static final String COLLECTION = "events";
    private static final String COUNT = "count";

    private final MongoDatabaseFactory mongo;
    private final ReportingProperties properties;
    private final Outage outage = new Outage("MongoDB");

    StatsQuery(MongoDatabaseFactory mongo, ReportingProperties properties) {
        this.mongo = mongo;
        this.properties = properties;
    }

    /** @throws MongoException if MongoDB is away, or took too long */
    Stats run(StatsParameters asked) {
        try {
            Stats stats = aggregate(asked);
            outage.worked();
            return stats;
        } catch (MongoExecutionTimeoutException e) {
            throw e;
        } catch (MongoException e) {
            outage.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private Stats aggregate(StatsParameters asked) {
        MongoCollection<Document> events = mongo.getMongoDatabase().getCollection(COLLECTION);
        Document answer = events.aggregate(pipeline(asked))
                .allowDiskUse(true)
                .maxTime(properties.queryTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .first();
        if (answer == null) { // some servers answer so where there is no collection yet
            return new Stats(asked.siteId(), asked.day().date(), 0, 0, List.of());
        }
        return new Stats(
                asked.siteId(),
                asked.day().date(),
                count(answer, "views"),
                count(answer, "users"),
                answer.getList("paths", Document.class).stream()
                        .map(path -> new PathViews(path.getString("_id"), number(path)))
                        .toList());
    }

    static List<Bson> pipeline(StatsParameters asked) {
        return List.of(
                Aggregates.match(filter(asked)),
                Aggregates.project(Projections.fields(
                        Projections.include(EventFields.PATH, EventFields.USER_ID), Projections.excludeId())),
                Aggregates.facet(
                        new Facet("views", Aggregates.group(null, Accumulators.sum(COUNT, 1))),
                        new Facet(
                                "users",
                                Aggregates.group("$" + EventFields.USER_ID),
                                Aggregates.group(null, Accumulators.sum(COUNT, 1))),
                        new Facet(
                                "paths",
                                Aggregates.group("$" + EventFields.PATH, Accumulators.sum(COUNT, 1)),
                                Aggregates.sort(Sorts.orderBy(Sorts.descending(COUNT), Sorts.ascending("_id"))),
                                Aggregates.limit(asked.limit()))));
    }

    private static Bson filter(StatsParameters asked) {
        List<Bson> conditions = new ArrayList<>();
        conditions.add(Filters.eq(EventFields.SITE_ID, asked.siteId()));
        conditions.add(Filters.gte(EventFields.TIMESTAMP, asked.day().start()));
        conditions.add(Filters.lt(EventFields.TIMESTAMP, asked.day().end()));
        if (asked.eventType() != null) {
            conditions.add(Filters.eq(EventFields.EVENT_TYPE, asked.eventType()));
        }
        return Filters.and(conditions);
    }

    private static long count(Document answer, String facet) {
        List<Document> counted = answer.getList(facet, Document.class);
        return counted.isEmpty() ? 0 : number(counted.get(0));
    }

    private static long number(Document document) {
        return document.get(COUNT, Number.class).longValue();
    }
}
