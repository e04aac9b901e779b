package io.webanalytics.system.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.system.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Has a release store a history, and writes down what is stored and what that release makes of it. It runs only where it is asked
 * for by name: see {@code resources/stored/README.md}.
 */
class Recorder {

    private static final String QUEUE = "events:{0}";
    private static final String HELD = QUEUE + ":inflight:*";
    private static final String NEVER_QUIET = "--processor.rollup-quiet=10m";
    private static final String ONE_WORKER = "--processor.workers=1";
    private static final int CLAIMED = 3;
    private static final int LATER = 20;
    private static final int REPEATED = 2;

    @Test
    @EnabledIfSystemProperty(named = "stored.name", matches = ".+")
    void record() {
        Stored stored = Stored.named(System.getProperty("stored.name"));
        assertThat(stored.folder()).as("a recording stays as it is").doesNotExist();
        try (Installation installation = new Installation()) {
            try (Service ingestion = installation.ingestion()) {
                ingestion.awaitReady();
                store(installation, ingestion);
                leaveUnstored(installation, ingestion);
            }
            stored.write("queue.jsonl", QueueDump.dump(installation.redis));
            stored.writeDatabase(withoutMostOfTheCrowd(DatabaseDump.dump(installation.database)));
            stored.write("sent-again.jsonl", sentAgain());
        }
        try (Installation installation = new Installation()) {
            DatabaseDump.Content content = stored.readDatabase();
            QueueDump.load(installation.redis, stored.read("queue.jsonl"));
            DatabaseDump.load(installation.database, content);
            Takeover takeover =
                    Takeover.of(installation, new TreeSet<>(Questions.all()), stored.read("sent-again.jsonl"));
            assertThat(takeover.differing()).isZero();
            stored.writeAnswers(takeover.before(), takeover.after());
            stored.writeTree("letters.json", takeover.letters());
            stored.writeTree("ledger.json", takeover.ledger());
            List<String> added = new ArrayList<>(DatabaseDump.documents(installation.database, "events"));
            added.removeAll(content.documents().get("events"));
            stored.write("events-after.jsonl", added);
        }
    }

    /** Everything is rolled up, and then some hours are marked again. */
    private void store(Installation installation, Service ingestion) {
        try (Service reporting = installation.reporting()) {
            try (Service processor = installation.processor("--processor.rollup-quiet=1s")) {
                processor.awaitReady();
                reporting.awaitReady();
                Installation.send(ingestion, History.inTime());
                Installation.send(ingestion, History.crowd());
                Installation.awaitStored(processor);
                Installation.awaitRolledUp(reporting);
                Installation.await(() ->
                        Installation.get(reporting, "/stats?meta=true&site_id=" + History.CROWD + "&date=2025-03-08")
                                        .at("/meta/sources/rollup_days")
                                        .asInt()
                                == 1);
            }
        }
        try (Service processor = installation.processor(NEVER_QUIET)) {
            processor.awaitReady();
            Installation.send(ingestion, History.later(0, 8));
            installation.redis.lpush(QUEUE, "no event");
            installation.redis.hincrby(QUEUE + ":ledger", "accepted", 1);
            Installation.awaitStored(processor);
            Installation.await(
                    () -> Installation.get(processor, "/ledger").get("dead").asInt() == 1);
        }
    }

    /** With MongoDB away: an event that three workers die with, a batch that two die with, and some that wait. */
    private void leaveUnstored(Installation installation, Service ingestion) {
        installation.mongoLine.cut();
        Installation.send(ingestion, History.later(8, 1));
        for (int death = 1; death <= 3; death++) {
            claimAndDie(installation, 1);
        }
        installation.mongoLine.restore(); // the hour of what is buried is marked
        Service undertaker = installation.processor(ONE_WORKER, NEVER_QUIET);
        Installation.await(() -> installation.redis.xlen(QUEUE + ":dead") == 2);
        undertaker.kill();
        installation.mongoLine.cut();
        Installation.send(ingestion, History.later(9, CLAIMED));
        claimAndDie(installation, CLAIMED);
        claimAndDie(installation, CLAIMED);
        for (String event : History.later(9 + CLAIMED, LATER - 9 - CLAIMED)) {
            Installation.send(ingestion, List.of(event));
        }
        Installation.send(ingestion, History.repeatable(History.inTime()).subList(0, REPEATED));
        installation.mongoLine.restore();
    }

    /** What was held by one that died is held by another then. */
    private static void claimAndDie(Installation installation, int events) {
        List<String> before = installation.redis.keys(HELD);
        Service processor = installation.processor(ONE_WORKER);
        Installation.await(() -> installation.redis.keys(HELD).stream()
                .anyMatch(key -> !before.contains(key) && installation.redis.llen(key) == events));
        processor.kill();
    }

    private static List<String> sentAgain() {
        List<String> events =
                new ArrayList<>(History.repeatable(History.inTime()).subList(REPEATED, 5 * REPEATED));
        events.addAll(History.repeatable(History.later(0, LATER)));
        return events;
    }

    /** Without what is large and no report needs: its events, the hashes of its users, and what its hours hold. */
    private static DatabaseDump.Content withoutMostOfTheCrowd(DatabaseDump.Content content) {
        String hours = "\"" + History.CROWD + "/hour/";
        String users = "\"" + History.CROWD + "/day/" + History.DAYS.get(0) + "/users/";
        return content.filter("events", event -> !event.contains(History.CROWD))
                .filter("rollup_parts", part -> !part.contains(hours) && !part.contains(users));
    }
}
