package io.webanalytics.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.Claim.Element;
import io.webanalytics.testing.TestServers.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Until when everything is stored, against every Redis there is. Events are named by the second of their receipt. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyRedis")
class OldestPendingTests {

    private static final Duration ALLOWANCE = Duration.ofMillis(1_100);
    private static final Instant START = Instant.parse("2025-11-12T19:30:00Z");

    /** Not readable, or not as a number of milliseconds, of which one is more than Redis takes as a score. */
    private static final List<String> FOREIGN =
            List.of("", "not an event", "{\"received_at\":-1}", "{\"received_at\":" + "9".repeat(400) + "}");

    @Parameter
    Server server;

    private final String tag = UUID.randomUUID().toString();
    private final QueueKeys keys = new QueueKeys(tag);
    private final String displaced = new String(keys.displaced, UTF_8);
    private RedisClient client;
    private EventQueue queue;
    private DeadLetters letters;
    private RedisCommands<String, String> redis;

    @BeforeEach
    void connect() throws InterruptedException {
        client = RedisClient.create(server.url());
        queue = new EventQueue(TestLinks.open(client, Duration.ofSeconds(5)), tag);
        letters = queue.deadLetters();
        redis = client.connect().sync();
    }

    @AfterEach
    void disconnect() {
        redis.keys("events:{" + tag + "}*").forEach(redis::del);
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void nothingPendingIsCompleteUntilNow() {
        assertComplete();
        accept(1);
        queue.settle(claim("w", 1));

        assertComplete();
    }

    @Test
    void receiptAfterNowIsCompleteUntilNow() {
        push(List.of(TestEvents.receivedAt(Instant.now().plusSeconds(60))));

        assertComplete();
    }

    @Test
    void rightEndOfTheQueueIsTheOldest() {
        accept(1, 2, 3);

        assertOldest(1);
        Ledger ledger = queue.ledger();
        assertThat(ledger.pending()).isEqualTo(3);
        assertThat(ledger.completeThrough(ALLOWANCE)).isEqualTo(second(1).minus(ALLOWANCE));
    }

    @Test
    void inFlightCountsUntilItIsSettled() {
        accept(1, 2, 3, 4);
        Claim oldest = claim("w", 1);
        Claim next = claim("v", 2);

        queue.settle(next);
        assertOldest(1);
        queue.settle(oldest);
        assertOldest(4);
    }

    @Test
    void releasedIsTheOldestWhereverItLies() {
        accept(1, 2, 3);
        Claim first = claim("w", 1);
        Claim second = claim("v", 1);
        queue.release(first);
        queue.release(second); // now on the right of the first, which is older

        assertOldest(1);
        queue.settle(claim("v", 1));
        assertOldest(1);
        queue.settle(claim("w", 1));
        assertOldest(3);
    }

    @Test
    void recoveredIsTheOldestWhereverItLies() {
        accept(1, 2);
        claim("w", 1);
        claim("v", 1);
        queue.recover("w");
        queue.recover("v"); // now on the right of the first, which is older

        assertOldest(1);
        queue.settle(claim("u", 1));
        assertOldest(1);
    }

    @Test
    void postponedIsTheOldestThoughItIsClaimedLast() {
        accept(1, 2, 3);
        queue.postpone(claim("w", 1));
        accept(4);

        assertOldest(1);
        Claim held = claim("w", 10);
        assertThat(held.elements()).hasSize(4);
        assertOldest(1);
        queue.settle(held);
        assertComplete();
    }

    @Test
    void replayedLetterIsTheOldestAmongNewerOnes() {
        accept(1, 2);
        buryAllOf(claim("w", 1));
        Claim newer = claim("w", 1);
        assertOldest(2);

        letters.replay(List.of(letters.list(null, 1).get(0).id()));
        queue.release(newer);
        assertOldest(1);
        queue.settle(claim("w", 1));
        assertOldest(1);
    }

    @Test
    void displacedAreForgottenWhenSettledOrBuried() {
        accept(1, 2, 3);
        queue.release(claim("w", 2));
        assertThat(redis.zcard(displaced)).isEqualTo(2);

        queue.settle(claim("w", 1));
        assertThat(redis.zcard(displaced)).isEqualTo(1);
        buryAllOf(claim("w", 1));
        assertThat(redis.exists(displaced)).isZero();
        assertOldest(3);
    }

    @Test
    void replayedLettersAreForgottenWhenSettled() {
        accept(1);
        buryAllOf(claim("w", 1));
        letters.replay(List.of(letters.list(null, 1).get(0).id()));
        assertThat(redis.exists(displaced)).isOne();
        queue.settle(claim("w", 1));

        assertThat(redis.exists(displaced)).isZero();
        assertComplete();
    }

    @Test
    void largestClaimGoesBackAndIsSettledWithAllItsReceipts() {
        accept(IntStream.range(0, EventQueue.MAX_CLAIM).toArray());
        queue.release(claim("w", EventQueue.MAX_CLAIM));

        assertThat(redis.zcard(displaced)).isEqualTo(EventQueue.MAX_CLAIM);
        assertOldest(0);
        queue.settle(claim("w", EventQueue.MAX_CLAIM));
        assertThat(redis.exists(displaced)).isZero();
    }

    @Test
    void elementAtTheEndThatIsNotAnEventLeavesItUnknown() {
        for (String foreign : FOREIGN) {
            push(foreign);
            accept(1);
            assertThat(queue.ledger().completeThrough(ALLOWANCE)).as(foreign).isNull();
            assertThat(queue.ledger().oldestPendingReceipt()).as(foreign).isNull();

            Claim held = claim("w", 1);
            assertThat(queue.ledger().completeThrough(ALLOWANCE)).as(foreign).isNull();
            buryAllOf(held);
            assertOldest(1);
            queue.settle(claim("w", 1));
        }
    }

    @Test
    void elementThatIsNotAnEventGoesBackUnnoted() {
        FOREIGN.forEach(this::push);
        queue.release(claim("w", 10));
        claim("w", 10);
        queue.recover("w");
        buryAllOf(claim("w", 10));
        letters.replay(
                letters.list(null, 10).stream().map(DeadLetters.Letter::id).toList());

        assertThat(queue.ledger().queued()).isEqualTo(FOREIGN.size());
        assertThat(redis.exists(displaced)).isZero();
    }

    /** Of a key of another type, before anything is changed. */
    @Test
    void failedTransitionMovesNothing() {
        accept(1, 2);
        buryAllOf(claim("w", 1));
        String letter = letters.list(null, 1).get(0).id();
        Claim held = claim("w", 1);
        Ledger before = queue.ledger();
        redis.set(displaced, "of another type");

        assertFails(() -> queue.release(held));
        assertFails(() -> queue.postpone(held));
        assertFails(() -> queue.recover("w"));
        assertFails(() -> queue.settle(held));
        assertFails(() -> bury(held, held.elements().get(0)));
        assertFails(() -> letters.replay(List.of(letter)));
        redis.del(displaced);
        assertThat(queue.ledger())
                .usingRecursiveComparison()
                .ignoringFields("asOf")
                .isEqualTo(before);
        assertThat(redis.exists(new String(keys.attempts, UTF_8))).isZero();
    }

    private void assertOldest(int second) {
        assertThat(queue.ledger().oldestPendingReceipt()).isEqualTo(second(second));
    }

    /** Nothing is pending, and the reading tells until when that is known. */
    private void assertComplete() {
        Ledger ledger = queue.ledger();
        assertThat(ledger.completeThrough(ALLOWANCE)).isEqualTo(ledger.asOf().minus(ALLOWANCE));
    }

    private void assertFails(Callable<?> transition) {
        assertThatThrownBy(transition::call).isInstanceOf(QueueException.class).hasMessageContaining("WRONGTYPE");
    }

    private void accept(int... seconds) {
        push(IntStream.of(seconds)
                .mapToObj(second -> TestEvents.receivedAt(second(second)))
                .toList());
    }

    private void push(String element) {
        push(List.of(element.getBytes(UTF_8)));
    }

    private void push(List<byte[]> elements) {
        queue.accept(elements, 1_000_000).toCompletableFuture().join();
    }

    /** With a lease that has ended, so that it can be recovered. */
    private Claim claim(String worker, int most) {
        return queue.claim(worker, Duration.ZERO, most, Long.MAX_VALUE);
    }

    private void buryAllOf(Claim claim) {
        claim.elements().forEach(element -> bury(claim, element));
        queue.settle(claim);
    }

    private boolean bury(Claim claim, Element element) {
        return queue.bury(claim, element, RejectionReason.INVALID_ELEMENT, "bad", START);
    }

    private static Instant second(int second) {
        return START.plusSeconds(second);
    }
}
