package io.webanalytics.benchmark.reports;

import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.facet;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.project;
import static com.mongodb.client.model.Aggregates.sort;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Facet;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.webanalytics.model.Event;
import io.webanalytics.model.EventField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Computes the same results from all the events, as one would without rollups. Every pipeline begins with the prefix of the one
 * index, and needs only its fields: a covered query.
 */
final class RawAggregation {

    private static final String COUNT = "count";
    private static final String PATH = "$" + EventField.PATH.word();
    private static final String USER = "$" + EventField.USER_ID.word();
    private static final int TOP = 10;
    private static final int BREAKDOWN_ROWS = 100;

    private RawAggregation() {}

    static QueryResult run(MongoCollection<Document> events, ReportQuery query) {
        List<Document> found = run(events, query, query.from(), query.to());
        return result(query, found);
    }

    /** Returns the documents for a part of the query's time. */
    static List<Document> run(MongoCollection<Document> events, ReportQuery query, Instant from, Instant to) {
        return events.aggregate(pipeline(query, from, to)).allowDiskUse(true).into(new ArrayList<>());
    }

    private static List<Bson> pipeline(ReportQuery query, Instant from, Instant to) {
        List<Bson> pipeline = new ArrayList<>();
        pipeline.add(match(Filters.and(
                Filters.eq(EventField.SITE_ID.word(), query.site()),
                Filters.gte(EventField.TIMESTAMP.word(), Date.from(from)),
                Filters.lt(EventField.TIMESTAMP.word(), Date.from(to)),
                Filters.eq(EventField.EVENT_TYPE.word(), Event.PAGE_VIEW))));
        switch (query.kind()) {
            case STATS_DAY, STATS_MONTH -> {
                pipeline.add(only(EventField.PATH.word(), EventField.USER_ID.word()));
                pipeline.add(facet(
                        new Facet("views", group(null, sum(COUNT, 1))),
                        new Facet("users", group(USER), group(null, sum(COUNT, 1))),
                        new Facet("paths", byPath(TOP))));
            }
            case TIMESERIES -> {
                pipeline.add(only(EventField.TIMESTAMP.word(), EventField.USER_ID.word()));
                pipeline.add(group(new Document("day", day(query)).append("user", USER), sum(COUNT, 1)));
                pipeline.add(group("$_id.day", sum(COUNT, "$" + COUNT), sum("users", 1)));
                pipeline.add(sort(Sorts.ascending("_id")));
            }
            case BREAKDOWN -> {
                pipeline.add(only(EventField.PATH.word()));
                pipeline.addAll(byPath(BREAKDOWN_ROWS));
            }
        }
        return pipeline;
    }

    private static List<Bson> byPath(int most) {
        return List.of(
                group(PATH, sum(COUNT, 1)),
                sort(Sorts.orderBy(Sorts.descending(COUNT), Sorts.ascending("_id"))),
                limit(most));
    }

    private static Bson only(String... fields) {
        return project(Projections.fields(Projections.include(fields), Projections.excludeId()));
    }

    private static Document day(ReportQuery query) {
        return new Document(
                "$dateToString",
                new Document("format", "%Y-%m-%d")
                        .append("date", "$" + EventField.TIMESTAMP.word())
                        .append("timezone", query.zone().getId()));
    }

    private static QueryResult result(ReportQuery query, List<Document> found) {
        List<String> rows = new ArrayList<>();
        List<Long> users = new ArrayList<>();
        List<Document> counted = found;
        if (query.kind() == ReportQuery.Kind.STATS_DAY || query.kind() == ReportQuery.Kind.STATS_MONTH) {
            Document facets = found.get(0);
            rows.add("all=" + number(facets.getList("views", Document.class).get(0), COUNT));
            users.add(number(facets.getList("users", Document.class).get(0), COUNT));
            counted = facets.getList("paths", Document.class);
        }
        for (Document row : counted) {
            rows.add(row.getString("_id") + "=" + number(row, COUNT));
            if (query.kind() == ReportQuery.Kind.TIMESERIES) {
                users.add(number(row, "users"));
            }
        }
        return new QueryResult(rows, users, true);
    }

    private static long number(Document document, String field) {
        return document.get(field, Number.class).longValue();
    }
}
