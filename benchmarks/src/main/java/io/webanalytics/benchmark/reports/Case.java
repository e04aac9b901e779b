package io.webanalytics.benchmark.reports;

import com.mongodb.client.MongoCollection;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Timings;
import java.util.List;
import org.bson.Document;

/**
 * A query to one database, and how long both took over it, in ms: the report from the first byte of the request to the
 * last of the response, over HTTP; the aggregation in the driver, without HTTP and JSON.
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

    /** How well the report knew the users. */
    String users() {
        if (last.users().isEmpty()) {
            return "not asked";
        }
        return last.exact() ? "exact" : String.format("estimated, off by %.2f %%", 100 * usersOff);
    }

    /** So that both compilers and caches know the query. */
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

    /** What was measured until now. */
    @Override
    public String toString() {
        return query.kind().words() + ", " + query.zone() + ": " + ours + " ms, of raw events " + raw + " ms";
    }

    /**
     * Rounds of all cases, one after the other, so that whatever slows the machine down for a while slows both.
     *
     * @param monthRounds rounds in which 30 days of events are aggregated, the first ones
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
