package io.webanalytics.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.Claim.Element;
import io.webanalytics.testing.TestServers.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The queue's contract, against every Redis there is. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyRedis")
class EventQueueTests {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration ENDS_AT_ONCE = Duration.ZERO;
    private static final long MIB = 1 << 20;
    private static final Instant FIRST_SEEN = Instant.ofEpochSecond(1);

    @Parameter
    Server server;

    private final String tag = UUID.randomUUID().toString();
    private final QueueKeys keys = new QueueKeys(tag);
    private RedisClient client;
    private RedisLink link;
    private EventQueue queue;
    private DeadLetters letters;
    private RedisCommands<String, String> redis;

    @BeforeEach
    void connect() throws InterruptedException {
        client = RedisClient.create(server.url());
        link = TestLinks.open(client, Duration.ofSeconds(5));
        queue = new EventQueue(link, tag);
        letters = queue.deadLetters();
        redis = client.connect().sync();
    }

    @AfterEach
    void disconnect() {
        redis.keys("events:{" + tag + "}*").forEach(redis::del);
        link.close();
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void fullQueueTakesNothingMoreUntilItIsBelowItsLimit() {
        accept("a", "b");
        assertThatThrownBy(() -> acceptAtMost(3, "c", "d"))
                .hasCauseInstanceOf(QueueException.class)
                .cause()
                .extracting(e -> ((QueueException) e).reason())
                .isEqualTo(RejectionReason.QUEUE_FULL);
        assertThat(queue.ledger().accepted()).isEqualTo(2);
        assertBalanced();

        queue.settle(claim("w", 1));
        acceptAtMost(3, "c", "d");
        assertThat(queue.ledger().queued()).isEqualTo(3);
    }

    @Test
    void ledgerTellsWhereEveryEventIs() {
        accept("a", "b", "c", "d", "e", "f");
        queue.settle(claim("w", 1));
        Claim held = claim("v", 2);
        bury(claim("u", 1));
        bury(claim("t", 1));
        letters.discard(List.of(letters.list(null, 1).get(0).id()));

        Ledger ledger = queue.ledger();
        assertThat(ledger.accepted()).isEqualTo(6);
        assertThat(ledger.settled()).isEqualTo(1);
        assertThat(ledger.inFlight()).isEqualTo(2);
        assertThat(ledger.dead()).isEqualTo(1);
        assertThat(ledger.discarded()).isEqualTo(1);
        assertThat(ledger.queued()).isEqualTo(1);
        assertThat(ledger.holders()).anySatisfy(holder -> {
            assertThat(holder.worker()).isEqualTo("v");
            assertThat(holder.claim()).isEqualTo(held.number());
            assertThat(holder.events()).isEqualTo(2);
            assertThat(holder.leaseEnds())
                    .isBetween(ledger.asOf(), ledger.asOf().plus(LEASE));
        });
        assertBalanced();
    }

    @Test
    void ledgerOfAnotherProcessKnowsTheHoldersAtOnce() {
        accept("a", "b");
        claim("w", 1);
        claim("v", 1);

        assertThat(new EventQueue(link, tag).ledger().inFlight()).isEqualTo(2);
    }

    @Test
    void replayedLetterIsClaimedNextWithItsAttemptsForgotten() {
        accept("bad", "good");
        queue.claim("dead worker", ENDS_AT_ONCE, 1, MIB);
        await().until(this::recover, returned -> returned == 1);
        bury(claim("w", 1));
        String id = letters.list(null, 10).get(0).id();
        assertThat(letters.list(null, 10)).singleElement().satisfies(letter -> {
            assertThat(letter.element()).isEqualTo("bad".getBytes(StandardCharsets.UTF_8));
            assertThat(letter.attempts()).isEqualTo(1);
            assertThat(letter.firstSeen()).isEqualTo(FIRST_SEEN);
        });

        assertThat(letters.replay(List.of(id, "1-1"))).isEqualTo(1);
        assertThat(letters.replay(List.of(id))).isZero();
        assertThat(letters.count()).isZero();
        Claim again = claim("v", 1);
        assertThat(texts(again)).containsExactly("bad");
        assertThat(again.elements().get(0).attempts()).isZero();
        assertBalanced();
    }

    @Test
    void discardedLetterIsGoneAndCounted() {
        accept("bad", "worse");
        bury(claim("w", 1));
        bury(claim("w", 1));
        String oldest = letters.list(null, 1).get(0).id();

        assertThat(letters.discard(List.of(oldest, oldest, "1-1"))).isEqualTo(1);
        assertThat(letters.list(oldest, 10)).hasSize(1);
        assertThat(queue.ledger().discarded()).isEqualTo(1);
        assertBalanced();
    }

    @Test
    void claimTakesTheOldestEventsFirst() {
        accept("a", "b", "c");

        assertThat(texts(claim("w", 2))).containsExactly("b", "a");
        assertThat(texts(claim("v", 2))).containsExactly("c");
        assertBalanced();
    }

    @Test
    void nothingQueuedIsNothingClaimed() {
        assertThat(claim("w", 10)).isNull();
        assertThat(redis.keys("events:{" + tag + "}*")).isEmpty();
    }

    @Test
    void claimEndsBeforeTheBatchGrowsBeyondItsBytes() {
        accept("a".repeat(40), "b".repeat(40), "c".repeat(40));

        assertThat(claimBytes("w", 100).elements()).hasSize(2);
        assertThat(claimBytes("v", 1).elements()).hasSize(1);
        assertThat(claimBytes("u", 100)).isNull();
    }

    @Test
    void claimReadsALongQueueInSlicesWithoutLosingOrder() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 8_000; i++) {
            sent.add("event " + i);
        }
        accept(sent.toArray(String[]::new));

        List<String> claimed = texts(claim("w", 7_000));
        assertThat(claimed).hasSize(7_000);
        assertThat(claimed.get(6_999)).isEqualTo("event 0");
        assertThat(claimed.get(0)).isEqualTo("event 6999");
        assertThat(queue.ledger().queued()).isEqualTo(1_000);
        assertBalanced();
    }

    @Test
    void claimGivesAHolderItsBatchAgainAndAddsNothing() {
        accept("a");
        Claim first = claim("w", 10);
        accept("b");
        Claim again = claim("w", 10);

        assertThat(again.number()).isEqualTo(first.number());
        assertThat(texts(again)).containsExactly("a");
        assertBalanced();
    }

    @Test
    void settleEmptiesTheBatchAndCountsIt() {
        accept("a", "b");
        Claim claim = claim("w", 10);

        assertThat(queue.settle(claim)).isEqualTo(2);
        Ledger ledger = queue.ledger();
        assertThat(List.of(ledger.accepted(), ledger.settled(), ledger.inFlight()))
                .containsExactly(2L, 2L, 0L);
        assertThat(redis.zcard(text(keys.workers))).isZero();
        assertBalanced();
    }

    @Test
    void lateSettleLeavesAYoungerBatchAlone() {
        accept("a");
        Claim late = claim("w", 10);
        queue.settle(late);
        accept("b");
        Claim younger = claim("w", 10);

        assertThat(queue.settle(late)).isEqualTo(-1);
        assertThat(queue.release(late)).isEqualTo(-1);
        assertThat(queue.renew(late, LEASE)).isFalse();
        assertThat(queue.bury(late, younger.elements().get(0), RejectionReason.INVALID_ELEMENT, "late", FIRST_SEEN))
                .isFalse();
        assertThat(queue.settle(younger)).isEqualTo(1);
        assertBalanced();
    }

    @Test
    void recoverReturnsABatchWhoseLeaseHasEndedAndTheZombieHasLostIt() {
        accept("a", "b");
        Claim zombie = queue.claim("zombie", ENDS_AT_ONCE, 10, MIB);

        await().until(this::recover, returned -> returned == 2);
        Claim heir = claim("heir", 10);

        assertThat(texts(heir)).containsExactly("b", "a");
        assertThat(heir.elements()).allMatch(element -> element.attempts() == 1);
        assertThat(queue.settle(zombie)).isEqualTo(-1);
        assertThat(queue.settle(heir)).isEqualTo(2);
        assertThat(redis.exists(text(keys.attempts))).isZero();
        assertBalanced();
    }

    @Test
    void recoverLeavesARunningLeaseAlone() {
        accept("a");
        Claim claim = claim("w", 10);

        assertThat(recover()).isZero();
        assertThat(queue.settle(claim)).isEqualTo(1);
    }

    @Test
    void renewKeepsABatchFromBeingRecovered() {
        accept("a");
        Claim claim = queue.claim("w", ENDS_AT_ONCE, 10, MIB);

        assertThat(queue.renew(claim, LEASE)).isTrue();
        assertThat(recover()).isZero();
    }

    @Test
    void elementWithTwoDeadWorkersBehindItIsClaimedAlone() {
        accept("poison", "neighbour");
        for (int death = 0; death < 2; death++) {
            queue.claim("w" + death, ENDS_AT_ONCE, 10, MIB);
            await().until(this::recover, returned -> returned == 2);
        }
        accept("young");

        Claim alone = claim("w", 10);
        assertThat(texts(alone)).containsExactly("poison");
        assertThat(alone.elements().get(0).attempts()).isEqualTo(2);
        queue.settle(alone);
        assertThat(texts(claim("v", 10))).containsExactly("neighbour");
        assertThat(texts(claim("u", 10))).containsExactly("young");
        assertBalanced();
    }

    @Test
    void releaseReturnsTheBatchInItsOldOrderAndCountsNoAttempt() {
        accept("a", "b", "c");
        Claim claim = claim("w", 2);

        assertThat(queue.release(claim)).isEqualTo(2);
        Claim next = claim("v", 10);
        assertThat(texts(next)).containsExactly("c", "b", "a");
        assertThat(next.elements()).allMatch(element -> element.attempts() == 0);
        assertBalanced();
    }

    @Test
    void postponeReturnsTheBatchBehindAllOthersInItsOldOrder() {
        accept("a", "b", "c");
        Claim claim = claim("w", 2);

        assertThat(queue.postpone(claim)).isEqualTo(2);
        assertThat(queue.postpone(claim)).isEqualTo(-1);
        assertThat(texts(claim("w", 1))).containsExactly("c");
        Claim again = claim("v", 10);
        assertThat(texts(again)).isEqualTo(texts(claim));
        assertThat(again.elements()).allMatch(element -> element.attempts() == 0);
        assertBalanced();
    }

    @Test
    void buryMovesOneElementToTheDeadLetters() {
        accept("good", "bad");
        Claim claim = claim("w", 10);
        Element bad = claim.elements().get(0);

        assertThat(queue.bury(claim, bad, RejectionReason.INVALID_ELEMENT, "must be an event", FIRST_SEEN))
                .isTrue();
        assertThat(queue.bury(claim, bad, RejectionReason.INVALID_ELEMENT, "must be an event", FIRST_SEEN))
                .isFalse();
        assertThat(queue.ledger().dead()).isEqualTo(1);
        assertBalanced();
        assertThat(queue.settle(claim)).isEqualTo(1);
        assertBalanced();

        var letter = redis.xrange(text(keys.dead), io.lettuce.core.Range.unbounded())
                .get(0)
                .getBody();
        assertThat(letter)
                .containsEntry("element", "bad")
                .containsEntry("reason", "invalid_element")
                .containsEntry("error", "must be an event")
                .containsEntry("attempts", "0")
                .containsEntry("first_seen", "1000");
    }

    /** Wherever in the script it fails: each key in turn is of a type that the next command on it refuses. */
    @Test
    void failedClaimRemovesNothingFromTheQueue() {
        for (byte[] key : List.of(keys.bell, keys.ledger, keys.workers, keys.attempts, keys.inflight("w"))) {
            redis.del(text(keys.queue), text(key));
            redis.lpush(text(keys.queue), "a", "b");
            redis.set(text(key), "of another type");

            assertThatThrownBy(() -> claim("w", 1)).as(text(key)).isInstanceOf(QueueException.class);
            assertThat(redis.lrange(text(keys.queue), 0, -1)).as(text(key)).containsExactly("b", "a");
            redis.del(text(key));
        }
    }

    @Test
    void idleWaiterHearsTheBellAtOnce() throws Exception {
        RedisLink ownLink = new RedisLink(client, Duration.ofSeconds(3));
        ownLink.awaitConnection(Duration.ofSeconds(5));
        Bell bell = new Bell(ownLink, tag);
        CompletableFuture<Long> heard = CompletableFuture.supplyAsync(() -> {
            ring(bell);
            return System.nanoTime();
        });
        await().until(() -> redis.clientList().contains("cmd=brpop"));
        long rung = System.nanoTime();
        accept("a");

        assertThat(heard.get(5, TimeUnit.SECONDS) - rung).isLessThan(Bell.PERIOD.toNanos() / 2);
        ownLink.close();
    }

    @Test
    void whoWaitsForABellThatIsClosedWaitsNoLonger() throws Exception {
        RedisLink ownLink = new RedisLink(client, Duration.ofSeconds(3));
        ownLink.awaitConnection(Duration.ofSeconds(5));
        Bell bell = new Bell(ownLink, tag);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> ring(bell));
        await().until(() -> redis.clientList().contains("cmd=brpop"));
        long closed = System.nanoTime();
        bell.close();

        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(QueueException.class);
        assertThatThrownBy(() -> ring(bell)).isInstanceOf(QueueException.class);
        assertThat(System.nanoTime() - closed).isLessThan(Bell.PERIOD.toNanos() / 2);
    }

    @Test
    void bellHoldsOneTokenHoweverOftenItIsRung() {
        for (int i = 0; i < 5; i++) {
            accept("a");
            queue.settle(claim("w", 10));
        }
        assertThat(redis.llen(text(keys.bell))).isEqualTo(1);
    }

    @Test
    void claimThatLeavesEventsBehindRingsTheBell() {
        accept("a", "b");
        redis.del(text(keys.bell));
        claim("w", 1);

        assertThat(redis.llen(text(keys.bell))).isEqualTo(1);
    }

    @Test
    void scriptsRunAgainAfterRedisForgotThem() {
        accept("a");
        redis.scriptFlush();
        accept("b");

        assertThat(queue.ledger().queued()).isEqualTo(2);
    }

    @Test
    void scriptThatRedisKnowsIsNotSentAgain() {
        accept("a");
        redis.configResetstat();
        accept("b");

        assertThat(redis.info("commandstats")).contains("cmdstat_evalsha:").doesNotContain("cmdstat_eval:");
    }

    @Test
    void everyTransitionButAcceptWorksWhenRedisIsFull() {
        String receipt = "\"received_at\":1,"; // noted of what is moved back
        accept(receipt + "a".repeat(1_000), receipt + "b".repeat(1_000), receipt + "c");
        Claim held = queue.claim("w", ENDS_AT_ONCE, 1, MIB);
        String limit = redis.configGet("maxmemory").get("maxmemory");
        redis.configSet("maxmemory", "1");
        try {
            assertThatThrownBy(() -> accept("d")).hasRootCauseInstanceOf(io.lettuce.core.RedisException.class);
            assertThat(queue.renew(held, ENDS_AT_ONCE)).isTrue();
            await().until(this::recover, returned -> returned == 1);
            Claim claim = claim("v", 10);
            assertThat(queue.bury(claim, claim.elements().get(0), RejectionReason.INVALID_ELEMENT, "bad", FIRST_SEEN))
                    .isTrue();
            assertThat(queue.release(claim)).isEqualTo(2);
            bury(claim("v", 1));
            assertThat(letters.replay(List.of(letters.list(null, 1).get(0).id())))
                    .isEqualTo(1);
            assertThat(letters.discard(List.of(letters.list(null, 1).get(0).id())))
                    .isEqualTo(1);
            assertThat(queue.settle(claim("v", 10))).isEqualTo(2);
            assertBalanced();
        } finally {
            redis.configSet("maxmemory", limit);
        }
    }

    /** The ledger's equation, computed here and by the queue itself. */
    private void assertBalanced() {
        String equation = """
                local figure = function(name) return tonumber(redis.call('HGET', KEYS[1], name) or 0) end
                local held = 0
                for _, worker in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
                  held = held + redis.call('LLEN', KEYS[3] .. ':inflight:' .. worker)
                end
                return figure('accepted') - figure('settled') - figure('discarded') - held
                  - redis.call('XLEN', KEYS[4]) - redis.call('LLEN', KEYS[3])
                """;
        Long difference = redis.eval(
                equation,
                ScriptOutputType.INTEGER,
                text(keys.ledger),
                text(keys.workers),
                text(keys.queue),
                text(keys.dead));
        assertThat(difference)
                .as("accepted - settled - discarded - in flight - dead - queued")
                .isZero();
        assertThat(queue.ledger()).matches(Ledger::balanced);
    }

    /** What a supervisor does. */
    private long recover() {
        Ledger ledger = queue.ledger();
        return ledger.holders().stream()
                .filter(holder -> !holder.leaseEnds().isAfter(ledger.asOf()))
                .mapToLong(holder -> Math.max(0, queue.recover(holder.worker())))
                .sum();
    }

    private void accept(String... events) {
        acceptAtMost(1_000_000, events);
    }

    private void acceptAtMost(long most, String... events) {
        List<byte[]> elements = new ArrayList<>();
        for (String event : events) {
            elements.add(event.getBytes(StandardCharsets.UTF_8));
        }
        queue.accept(elements, most)
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    /** Buries all that a claim holds, and lets go of it. */
    private void bury(Claim claim) {
        for (Element element : claim.elements()) {
            queue.bury(claim, element, RejectionReason.INVALID_ELEMENT, "bad", FIRST_SEEN);
        }
        queue.settle(claim);
    }

    private Claim claim(String worker, int most) {
        return queue.claim(worker, LEASE, most, MIB);
    }

    private Claim claimBytes(String worker, long most) {
        return queue.claim(worker, LEASE, 100, most);
    }

    private static void ring(Bell bell) {
        try {
            bell.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(Claim claim) {
        return claim.elements().stream().map(element -> text(element.bytes())).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
