package io.webanalytics.benchmark.reports;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Store;
import io.webanalytics.benchmark.Timings;
import io.webanalytics.benchmark.reports.ReportQuery.Kind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The same days of the same site, while the collection around them grows. */
final class GrowingPart {

    private static final List<Kind> KINDS = List.of(Kind.STATS_DAY, Kind.TIMESERIES, Kind.BREAKDOWN);

    private final Store store;
    private final Settings settings;
    private final Results results;

    GrowingPart(Store store, Settings settings, Results results) {
        this.store = store;
        this.settings = settings;
        this.results = results;
    }

    void run() throws Exception {
        List<Case> cases = new ArrayList<>(); // for each kind, one of each size
        List<Reporting> services = new ArrayList<>();
        try {
            for (int size : settings.sizes()) {
                GrowingCollection traffic = new GrowingCollection(size, settings.asked());
                MongoDatabase database = store.database(traffic.database());
                Loader.load(database, traffic);
                new Rollups(database, traffic).build();
                services.add(new Reporting(store.uri(traffic.database())));
            }
            for (Kind kind : KINDS) {
                for (int i = 0; i < services.size(); i++) {
                    GrowingCollection traffic =
                            new GrowingCollection(settings.sizes().get(i), settings.asked());
                    ReportQuery query = new ReportQuery(kind, traffic.site(), traffic.last(), ZoneId.of("UTC"));
                    cases.add(new Case(
                            query,
                            services.get(i),
                            store.database(traffic.database()).getCollection("events")));
                }
            }
            Case.compare(cases, settings.warmUp(), settings.rounds(), settings.rounds());
        } finally {
            services.forEach(Reporting::close);
        }
        write(cases);
    }

    private void write(List<Case> cases) throws Exception {
        results.heading(
                "A growing collection",
                String.format(
                        "Events of 20 sites over a year. The 30 days that are asked for hold the same %,d events of one site"
                                + " in every collection; what varies is all the rest. The whole year of the asked site is"
                                + " rolled up.",
                        settings.asked()),
                "Medians in ms, in brackets the smallest and the largest of " + settings.rounds()
                        + " rounds. Every answer was compared with the aggregation's.");
        List<String> columns = new ArrayList<>(List.of("question", "from"));
        settings.sizes().forEach(size -> columns.add(String.format("%,d events", size)));
        columns.add("largest / smallest");
        results.head(columns.toArray(String[]::new));
        int sizes = settings.sizes().size();
        for (int i = 0; i < cases.size(); i += sizes) {
            List<Case> sameKind = cases.subList(i, i + sizes);
            String words = sameKind.get(0).query.kind().words();
            row(words, "the report, ms", sameKind, each -> each.ours);
            row(words, "raw events, ms", sameKind, each -> each.raw);
            List<Object> ratios = new ArrayList<>(List.of(words, "raw / report"));
            sameKind.forEach(each -> ratios.add(Timings.format(each.raw.median() / each.ours.median())));
            ratios.add("");
            results.row(ratios.toArray());
        }
    }

    private void row(String words, String from, List<Case> cases, Function<Case, Timings> timings) throws Exception {
        List<Object> cells = new ArrayList<>(List.of(words, from));
        cases.forEach(each -> cells.add(timings.apply(each)));
        double smallest = timings.apply(cases.get(0)).median();
        double largest = timings.apply(cases.get(cases.size() - 1)).median();
        cells.add(Timings.format(largest / smallest));
        results.row(cells.toArray());
    }
}
