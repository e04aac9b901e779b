package io.webanalytics.benchmark.reports;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Store;
import io.webanalytics.benchmark.Timings;
import io.webanalytics.benchmark.reports.ReportQuery.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.bson.Document;

/** The heavy day just before its end: 23 hours are rolled up, and the events of the last one have to be read. */
final class RunningDayPart {

    private final Store store;
    private final Settings settings;
    private final HeavySite site;
    private final Results results;

    RunningDayPart(Store store, Settings settings, Results results) {
        this.store = store;
        this.settings = settings;
        this.site = settings.heavy();
        this.results = results;
    }

    void run() throws Exception {
        MongoDatabase database = store.database(site.database());
        Loader.load(database, site);
        Rollups rollups = new Rollups(database, site);
        rollups.build();
        rollups.unbuildLastHour();
        try (Reporting reporting = new Reporting(store.uri(site.database()))) {
            measure(reporting, database.getCollection("events"));
        } finally {
            rollups.build();
        }
    }

    private void measure(Reporting reporting, MongoCollection<Document> events) throws Exception {
        ReportQuery query = new ReportQuery(Kind.STATS_DAY, site.site(), site.last(), ZoneId.of("UTC"));
        Instant lastHour = query.to().minus(Duration.ofHours(1));
        Case day = new Case(query, reporting, events);
        Timings hour = new Timings();
        Timings difference = new Timings();
        day.warmUp(settings.warmUp());
        for (int round = 0; round < settings.rounds(); round++) {
            // Each is timed at its second run in a row: after the aggregation of the day, caches are cold.
            day.warmUp(1);
            day.askReports();
            RawAggregation.run(events, query, lastHour, query.to());
            long started = System.nanoTime();
            RawAggregation.run(events, query, lastHour, query.to());
            hour.add((System.nanoTime() - started) / 1e6);
            difference.add(day.ours.get(round) - hour.get(round));
            day.askEvents(); // compares the answers
        }
        write(day, hour, difference);
    }

    private void write(Case day, Timings hour, Timings difference) throws Exception {
        results.heading(
                "The running day of the heavy site",
                String.format(
                        "Stats of the day of %,d events when its last hour is not rolled up yet: the day's bucket holds 23"
                                + " hours, and the last hour's events are read.",
                        site.lastDay()),
                "Medians in ms, in brackets the smallest and the largest of " + settings.rounds()
                        + " rounds. Reports and the aggregation of the hour were timed the second time in a row.");
        results.head(
                "report, ms",
                "raw events of the last hour, ms",
                "report − that hour, ms",
                "raw events of the day, ms",
                "raw / report");
        results.row(day.ours, hour, difference, day.raw, Timings.format(day.raw.median() / day.ours.median()));
    }
}
