package io.webanalytics.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.testing.QueueScripts;
import io.webanalytics.testing.TcpProxy;
import io.webanalytics.testing.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands that Redis ran and whose reply was lost: none is sent again, and doing the step again does no harm. */
@ParameterizedClass
@EnumSource
class LostReplyTests {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    /** How the reply is lost, and what the caller is told. */
    enum Loss {
        SILENCE(RejectionReason.QUEUE_SLOW),
        CUT(RejectionReason.QUEUE_UNAVAILABLE);

        private final RejectionReason reason;

        Loss(RejectionReason reason) {
            this.reason = reason;
        }
    }

    @Parameter
    Loss loss;

    private final String tag = UUID.randomUUID().toString();
    private final TcpProxy line = new TcpProxy(TestServers.redis().url());
    private final RedisClient direct = RedisClient.create(TestServers.redis().url());
    private final RedisClient lossy = RedisClient.create(line.url());
    private RedisLink lossyLink;
    private EventQueue truth;
    private EventQueue queue;

    @BeforeEach
    void connect() throws InterruptedException {
        truth = new EventQueue(TestLinks.open(direct, Duration.ofSeconds(10)), tag);
        lossyLink = TestLinks.open(lossy, Duration.ofSeconds(1));
        queue = new EventQueue(lossyLink, tag);
    }

    @AfterEach
    void disconnect() {
        var redis = direct.connect().sync();
        redis.keys("events:{" + tag + "}*").forEach(redis::del);
        lossy.shutdown(0, 1, TimeUnit.SECONDS);
        direct.shutdown(0, 1, TimeUnit.SECONDS);
        line.close();
    }

    @Test
    void acceptIsNotSentAgain() {
        lose("accept", () -> accept(queue, "a"));
        assertThat(truth.ledger().accepted()).isEqualTo(1);

        reconnect();
        await().atMost(SOON).ignoreExceptions().until(() -> accept(queue, "b") > 0);
        // What the client had kept to send again would have gone before "b".
        assertThat(truth.ledger().accepted()).isEqualTo(2);
        assertBalanced();
    }

    @Test
    void claimIsGivenOutAgainUnderItsNumber() {
        accept(truth, "a", "b", "c");
        lose("claim", () -> queue.claim("w", LEASE, 2, 1_000));
        long number = truth.ledger().holders().get(0).claim();

        reconnect();
        Claim again = queue.claim("w", LEASE, 100, 1_000);
        assertThat(again.number()).isEqualTo(number);
        assertThat(again.elements()).hasSize(2);
        assertThat(truth.ledger().queued()).isEqualTo(1);
        assertBalanced();
    }

    @Test
    void settleCountsOnceAndSparesTheNextBatch() {
        accept(truth, "a", "b", "c");
        Claim claim = truth.claim("w", LEASE, 2, 1_000);
        lose("settle", () -> queue.settle(claim));
        assertThat(truth.ledger().settled()).isEqualTo(2);
        truth.claim("w", LEASE, 2, 1_000);

        reconnect();
        assertThat(queue.settle(claim)).isEqualTo(-1);
        assertThat(truth.ledger().settled()).isEqualTo(2);
        assertThat(truth.ledger().inFlight()).isEqualTo(1);
        assertBalanced();
    }

    @Test
    void releaseReturnsTheBatchOnce() {
        accept(truth, "a", "b");
        Claim claim = truth.claim("w", LEASE, 2, 1_000);
        lose("give_back", () -> queue.release(claim));

        reconnect();
        assertThat(queue.release(claim)).isEqualTo(-1);
        assertThat(truth.ledger().queued()).isEqualTo(2);
        assertBalanced();
    }

    @Test
    void buryMakesOneDeadLetter() {
        accept(truth, "good", "bad");
        Claim claim = truth.claim("w", LEASE, 2, 1_000);
        lose("bury", () -> bury(queue, claim));

        reconnect();
        assertThat(bury(queue, claim)).isFalse();
        assertThat(truth.ledger().dead()).isEqualTo(1);
        assertThat(queue.settle(claim)).isEqualTo(1);
        assertBalanced();
    }

    @Test
    void replayQueuesTheLetterOnce() {
        accept(truth, "good", "bad");
        bury(truth, truth.claim("w", LEASE, 2, 1_000));
        DeadLetters letters = queue.deadLetters();
        List<String> id = List.of(letters.list(null, 1).get(0).id());
        lose("replay", () -> letters.replay(id));

        reconnect();
        assertThat(letters.replay(id)).isZero();
        assertThat(truth.ledger().queued()).isEqualTo(1);
        assertBalanced();
    }

    /** Redis runs the script, and its caller does not hear of it. */
    private void lose(String script, Callable<?> step) {
        String hash = direct.connect().sync().scriptLoad(QueueScripts.source(script));
        switch (loss) {
            case SILENCE -> line.dropReplies();
            case CUT -> line.cutBeforeReplyTo(hash);
        }
        assertThatExceptionOfType(QueueException.class)
                .isThrownBy(step::call)
                .returns(loss.reason, QueueException::reason);
    }

    private void reconnect() {
        line.restore();
        await().atMost(SOON).ignoreExceptions().until(() -> queue.ledger() != null);
    }

    private void assertBalanced() {
        assertThat(truth.ledger()).matches(Ledger::balanced);
    }

    private static boolean bury(EventQueue queue, Claim claim) {
        return queue.bury(claim, claim.elements().get(0), RejectionReason.INVALID_ELEMENT, "bad", Instant.EPOCH);
    }

    private static long accept(EventQueue queue, String... events) {
        List<byte[]> elements = List.of(events).stream().map(QueueCalls::bytes).toList();
        try {
            return queue.accept(elements, 1_000).toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw QueueException.of(e);
        }
    }
}
