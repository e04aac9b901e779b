package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ten thousand real requests, each sent twice over 32 connections, are counted exactly, whatever dies meanwhile. */
class RealTrafficIT {

    private final Analytics analytics = new Analytics();
    private final Senders senders = new Senders(analytics.ingestion);

    @AfterEach
    void stop() {
        senders.close();
        analytics.close();
    }

    @Test
    void everyEventIsAcknowledgedTwiceAndCountedOnce() throws Exception {
        Senders.awaitAll(sendTwice());

        assertThat(senders.refused()).isZero();
        assertThat(analytics.figure("accepted")).isEqualTo(20_000);
        analytics.awaitExactStats();
    }

    @Test
    void killedProcessorLosesNothing() throws Exception {
        List<Future<?>> sent = sendTwice();
        for (int kill = 1; kill <= 2; kill++) {
            awaitAcknowledged(5_000 * kill);
            analytics.processor.kill();
            analytics.processor.restart();
        }
        Senders.awaitAll(sent);

        assertThat(senders.refused()).isZero();
        analytics.awaitExactStats();
    }

    @Test
    void killedIngestionLosesNothingThatItAcknowledged() throws Exception {
        List<Future<?>> sent = sendTwice();
        awaitAcknowledged(5_000);
        analytics.ingestion.kill();
        analytics.ingestion.restart();
        Senders.awaitAll(sent);

        analytics.awaitExactStats();
    }

    @Test
    void mongoAwayDelaysButLosesNothing() throws Exception {
        List<Future<?>> sent = sendTwice();
        awaitAcknowledged(5_000);
        analytics.mongoLine.cut();
        awaitAcknowledged(12_000);
        analytics.mongoLine.restore();
        Senders.awaitAll(sent);

        assertThat(senders.refused()).isZero();
        analytics.awaitExactStats();
    }

    @Test
    void redisAwayIsRefusedWithoutHangingAndLosesNothing() throws Exception {
        List<Future<?>> sent = sendTwice();
        awaitAcknowledged(5_000);
        analytics.redisLine.cut();
        await().atMost(Duration.ofSeconds(20)).until(() -> senders.refused() > 100);
        analytics.redisLine.restore();
        Senders.awaitAll(sent);

        assertThat(senders.longestWait()).as("longest wait for an answer").isLessThan(Duration.ofSeconds(5));
        analytics.awaitExactStats();
    }

    private List<Future<?>> sendTwice() {
        List<String> events = AccessLog.events();
        List<String> twice = new ArrayList<>(events);
        twice.addAll(events);
        return senders.send(twice);
    }

    private void awaitAcknowledged(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> senders.acknowledged() >= count);
    }
}
