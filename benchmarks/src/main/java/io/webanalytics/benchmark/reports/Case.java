package io.webanalytics.benchmark.reports;

import com.mongodb.client.MongoCollection;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Timings;
import java.util.List;
import org.bson.Document;

/**
 * A query to one database, and the times of both ways to answer it, in ms. The report is timed over HTTP, from the first byte of
 * the request to the last of the response; the aggregation in the driver, without HTTP and JSON.
 */
final class Case {

    final ReportQuery query;
    final Timings ours = new Timings();
    final Timings raw = new Timings();
    private final Reporting reporting;
    private final MongoCollection<Document> events;
    private double usersOff;
    private QueryResult last = new QueryResult(List.of(), List.of(), true);

    Case(ReportQuery query, Reporting reporting, MongoCollection<Document> events) {
        this.query = query;
        this.reporting = reporting;
        this.events = events;
    }

    /** Describes how exactly the report counted the users. */
    String users() {
        if (last.users().isEmpty()) {
            return "not asked";
        }
        return last.exact() ? "exact" : String.format("estimated, off by %.2f %%", 100 * usersOff);
    }

    /** Repeats the query, so that code is compiled and caches are warm. */
    void warmUp(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            reporting.ask(query);
        }
    }

    void askReports() throws Exception {
        long started = System.nanoTime();
        String report = reporting.ask(query);
        ours.add((System.nanoTime() - started) / 1e6);
        last = QueryResult.of(query, Reporting.parse(report));
    }

    void askEvents() {
        long started = System.nanoTime();
        QueryResult result = RawAggregation.run(events, query);
        raw.add((System.nanoTime() - started) / 1e6);
        usersOff = last.compareWith(result, query);
    }

    /** The measurements until now. */
    @Override
    public String toString() {
        return query.kind().words() + ", " + query.zone() + ": " + ours + " ms, of raw events " + raw + " ms";
    }

    /**
     * Measures all cases in rounds. Both ways of a case are timed in turn, so that a slow phase of the machine slows both.
     *
     * @param monthRounds number of rounds in which 30 days of events are aggregated: the first ones
     */
    static void compare(List<Case> cases, int warmUp, int rounds, int monthRounds) throws Exception {
        for (Case each : cases) {
            each.warmUp(warmUp);
        }
        for (int round = 0; round < rounds; round++) {
            for (Case each : cases) {
                each.askReports();
                if (round < monthRounds || !each.query.kind().isOfMonth()) {
                    each.askEvents();
                }
                Results.progress("round " + (round + 1) + ", " + each);
            }
        }
    }
}
