package io.webanalytics.benchmark.reports;

import com.mongodb.client.MongoCollection;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Timings;
import java.util.List;
import org.bson.Document;

/**
 * A question to one database, and how long both took over it, in ms: the report from the first byte of the request to the
 * last of the answer, over HTTP; the aggregation in the driver, without HTTP and JSON.
 */
final class Case {

    final Question question;
    final Timings ours = new Timings();
    final Timings raw = new Timings();
    private final Reporting reporting;
    private final MongoCollection<Document> events;
    private double usersOff;
    private Answer last = new Answer(List.of(), List.of(), true);

    Case(Question question, Reporting reporting, MongoCollection<Document> events) {
        this.question = question;
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

    /** So that both compilers and caches know the question. */
    void warmUp(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            reporting.ask(question);
        }
    }

    void askReports() throws Exception {
        long started = System.nanoTime();
        String answer = reporting.ask(question);
        ours.add((System.nanoTime() - started) / 1e6);
        last = Answer.of(question, Reporting.parse(answer));
    }

    void askEvents() {
        long started = System.nanoTime();
        Answer answer = RawAggregation.run(events, question);
        raw.add((System.nanoTime() - started) / 1e6);
        usersOff = last.compareWith(answer, question);
    }

    /** What was measured until now. */
    @Override
    public String toString() {
        return question.kind().words() + ", " + question.zone() + ": " + ours + " ms, of raw events " + raw + " ms";
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
                if (round < monthRounds || !each.question.kind().isOfMonth()) {
                    each.askEvents();
                }
                Results.progress("round " + (round + 1) + ", " + each);
            }
        }
    }
}
