package io.webanalytics.benchmark.reports;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import io.webanalytics.model.EventField;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Checks that the heavy site has the figures that its results state. */
final class Cardinalities {

    private Cardinalities() {}

    static void check(MongoCollection<Document> events, HeavySite site) {
        Bson lastDay = from(site, site.last());
        Bson month = from(site, site.first());
        mustBe("events of the last day", site.lastDay(), events.countDocuments(lastDay));
        mustBe("users of the last day", site.lastDayUsers(), distinct(events, lastDay, EventField.USER_ID.word()));
        mustBe("paths of the last day", site.paths(), distinct(events, lastDay, EventField.PATH.word()));
        mustBe("events of 30 days", site.month(), events.countDocuments(month));
        mustBe("users of 30 days", site.monthUsers(), distinct(events, month, EventField.USER_ID.word()));
    }

    private static long distinct(MongoCollection<Document> events, Bson filter, String field) {
        Document counted = events.aggregate(List.of(
                        Aggregates.match(filter),
                        Aggregates.group("$" + field),
                        Aggregates.group(null, Accumulators.sum("count", 1))))
                .allowDiskUse(true)
                .first();
        return counted == null ? 0 : counted.get("count", Number.class).longValue();
    }

    private static Bson from(HeavySite site, LocalDate first) {
        return Filters.and(
                Filters.eq(EventField.SITE_ID.word(), site.site()),
                Filters.gte(
                        EventField.TIMESTAMP.word(),
                        Date.from(first.atStartOfDay().toInstant(ZoneOffset.UTC))),
                Filters.lt(
                        EventField.TIMESTAMP.word(),
                        Date.from(site.last().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC))));
    }

    private static void mustBe(String what, long wanted, long found) {
        if (wanted != found) {
            throw new IllegalStateException(found + " " + what + " instead of " + wanted);
        }
    }
}
