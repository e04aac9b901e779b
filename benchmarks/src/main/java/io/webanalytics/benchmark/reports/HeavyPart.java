package io.webanalytics.benchmark.reports;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Store;
import io.webanalytics.benchmark.Timings;
import io.webanalytics.benchmark.reports.ReportQuery.Kind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A heavy site with all days rolled up, in time zones whose days begin with a bucket of a day, of an hour, or neither. */
final class HeavyPart {

    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("Asia/Kolkata"));

    private final Store store;
    private final Settings settings;
    private final HeavySite site;
    private final Results results;

    HeavyPart(Store store, Settings settings, Results results) {
        this.store = store;
        this.settings = settings;
        this.site = settings.heavy();
        this.results = results;
    }

    void run() throws Exception {
        MongoDatabase database = store.database(site.database());
        Loader.load(database, site);
        Cardinalities.check(database.getCollection("events"), site);
        new Rollups(database, site).build();
        List<Case> cases = new ArrayList<>();
        try (Reporting reporting = new Reporting(store.uri(site.database()))) {
            for (ZoneId zone : ZONES) {
                for (Kind kind : Kind.values()) {
                    ReportQuery query = new ReportQuery(kind, site.site(), site.last(), zone);
                    cases.add(new Case(query, reporting, database.getCollection("events")));
                }
            }
            Case.compare(cases, settings.warmUp(), settings.rounds(), settings.monthRounds());
        }
        write(cases);
    }

    private void write(List<Case> cases) throws Exception {
        results.heading(
                "A heavy site, rolled up",
                String.format(
                        "One site with %,d events in 30 days, of %,d users. The last day has %,d events of %,d users on %,d"
                                + " paths, each other day %,d users on the same paths. What varies is the time zone: a day"
                                + " of UTC is one bucket; one of Europe/Berlin is made of 24 hours; one of Asia/Kolkata"
                                + " begins and ends within an hour.",
                        site.month(),
                        site.monthUsers(),
                        site.lastDay(),
                        site.lastDayUsers(),
                        site.paths(),
                        site.otherDayUsers()),
                "Medians in ms, in brackets the smallest and the largest of " + settings.rounds() + " rounds, of "
                        + settings.monthRounds()
                        + " where 30 days of raw events are aggregated. Every answer was compared"
                        + " with the aggregation's.");
        results.head("question", "time zone", "report, ms", "raw events, ms", "raw / report", "unique users");
        for (Case each : cases) {
            results.row(
                    each.query.kind().words(),
                    each.query.zone(),
                    each.ours,
                    each.raw,
                    Timings.format(each.raw.median() / each.ours.median()),
                    each.users());
        }
    }
}
