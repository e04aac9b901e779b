package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;

/** Ten thousand real requests over 32 connections, some sent twice, are counted exactly, whatever dies meanwhile. */
class RealTrafficIT {

    private static Analytics analytics;

    private String site;
    private Senders senders;

    @BeforeAll
    static void start() {
        analytics = new Analytics();
    }

    @AfterAll
    static void stop() {
        analytics.close();
    }

    /** Each test sends the same traffic to a site of its own. */
    @BeforeEach
    void chooseSite(TestInfo test) {
        site = AccessLog.SITE + ":" + test.getTestMethod().orElseThrow().getName();
        senders = new Senders(analytics.ingestion);
    }

    @AfterEach
    void stopSenders() {
        senders.close();
    }

    @Test
    void twiceSentIsOnceCounted() throws Exception {
        long before = analytics.figure("accepted");
        Senders.awaitAll(sendTwice());

        assertThat(senders.refused()).isZero();
        assertThat(analytics.figure("accepted") - before).isEqualTo(20_000);
        analytics.awaitExactStats(site);
    }

    @Test
    void rebuiltAmidTheImportIsExact() throws Exception {
        List<Future<?>> sent = senders.send(AccessLog.events(site));
        for (int rebuild = 1; rebuild <= 3; rebuild++) {
            awaitAcknowledged(2_500 * rebuild);
            analytics.rebuild(site);
        }
        Senders.awaitAll(sent);

        analytics.awaitExactStats(site);
        await("everything rolled up")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> analytics.isRolledUp(site));
        analytics.awaitExactStats(site);
        JsonNode verified = analytics.verify(site);
        assertThat(verified.get("differing").asInt()).as(verified::toString).isZero();
        assertThat(verified.get("checked").asInt()).isPositive();
        try (Service withoutRollups = analytics.reportingWithoutRollups()) {
            analytics.awaitExactStats(site, withoutRollups);
        }
    }

    @Test
    void whatIsAwayOrKilledMeanwhileLosesNothing() throws Exception {
        List<Future<?>> sent = sendTwice();
        awaitAcknowledged(3_000);
        analytics.mongoLine.cut();
        awaitAcknowledged(6_000);
        assertThat(senders.refused()).as("refused while MongoDB was away").isZero();
        analytics.mongoLine.restore();

        analytics.redisLine.cut();
        await().atMost(Duration.ofSeconds(20)).until(() -> senders.refused() > 100);
        analytics.redisLine.restore();
        awaitAcknowledged(8_000);
        assertThat(senders.longestWait()).as("longest wait for an answer").isLessThan(Duration.ofSeconds(5));

        analytics.ingestion.kill();
        analytics.ingestion.restart();
        awaitAcknowledged(10_000);
        int refused = senders.refused();
        analytics.processor.kill();
        analytics.processor.restart();
        Senders.awaitAll(sent);

        assertThat(senders.refused()).as("refused since ingestion is back").isEqualTo(refused);
        analytics.awaitExactStats(site);
    }

    private List<Future<?>> sendTwice() {
        List<String> events = AccessLog.events(site);
        List<String> twice = new ArrayList<>(events);
        twice.addAll(events);
        return senders.send(twice);
    }

    private void awaitAcknowledged(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> senders.acknowledged() >= count);
    }
}
