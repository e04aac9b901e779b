package io.webanalytics.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.Claim.Element;
import io.webanalytics.queue.DeadLetters.Letter;
import io.webanalytics.testing.TestServers.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Random transitions of three workers, and after each a ledger that must not promise what a list of receipts denies. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyRedis")
class OldestPendingRandomTests {

    private static final int STEPS = 1_500;
    private static final List<String> WORKERS = List.of("u", "v", "w");

    /** By how much an event may be pushed later than one that was received after it. */
    private static final int DISORDER = 5;

    private static final Duration ALLOWANCE = Duration.ofMillis(DISORDER);

    @Parameter
    Server server;

    private final Random random = new Random(1);
    private final String tag = UUID.randomUUID().toString();
    private final List<Instant> pending = new ArrayList<>();
    private final Map<String, Claim> claims = new HashMap<>();
    private Instant now = Instant.parse("2025-11-12T19:30:00Z");
    private RedisClient client;
    private EventQueue queue;
    private DeadLetters letters;

    @BeforeEach
    void connect() throws InterruptedException {
        client = RedisClient.create(server.url());
        queue = new EventQueue(TestLinks.open(client, Duration.ofSeconds(5)), tag);
        letters = queue.deadLetters();
    }

    @AfterEach
    void disconnect() {
        var redis = client.connect().sync();
        redis.keys("events:{" + tag + "}*").forEach(redis::del);
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void neverCompleteBeyondTheOldestReceiptPending() {
        int emptied = 0;
        for (int step = 0; step < STEPS; step++) {
            String what = transition(step);
            Ledger ledger = queue.ledger();
            String where = "step " + step + ", " + what;
            assertThat(ledger.pending()).as(where).isEqualTo(pending.size());
            Instant complete = ledger.completeThrough(ALLOWANCE);
            if (pending.isEmpty()) {
                emptied++;
                assertThat(complete).as(where).isEqualTo(ledger.asOf().minus(ALLOWANCE));
            } else {
                assertThat(complete).as(where).isBeforeOrEqualTo(Collections.min(pending));
                assertThat(ledger.oldestPendingReceipt()).as(where).isIn(pending);
            }
        }
        assertThat(emptied).isPositive();
    }

    /** More events come than are settled for some time, and then none. */
    private String transition(int step) {
        if (step / 200 % 2 == 0 && random.nextInt(4) == 0) {
            return accept();
        }
        String worker = WORKERS.get(random.nextInt(WORKERS.size()));
        Claim held = claims.get(worker);
        if (held == null) {
            return random.nextInt(10) == 0 ? replayOrDiscard() : claim(worker);
        }
        return switch (random.nextInt(8)) {
            case 0 -> gaveBack("release", held, queue.release(held));
            case 1 -> gaveBack("recover", held, queue.recover(worker));
            case 2 -> gaveBack("postpone", held, queue.postpone(held));
            case 3 -> bury(held);
            default -> settle(held);
        };
    }

    private String accept() {
        List<byte[]> elements = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            now = now.plusMillis(random.nextInt(10));
            Instant receipt = now.minusMillis(random.nextInt(DISORDER + 1));
            pending.add(receipt);
            elements.add(TestEvents.receivedAt(receipt));
        }
        queue.accept(elements, 1_000_000).toCompletableFuture().join();
        return "accept";
    }

    /** Under a lease that has ended, so that the batch can be recovered at any time. */
    private String claim(String worker) {
        claims.put(worker, queue.claim(worker, Duration.ZERO, 1 + random.nextInt(5), Long.MAX_VALUE));
        return "claim by " + worker;
    }

    private String gaveBack(String how, Claim held, long events) {
        assertThat(events).as(how).isEqualTo(held.elements().size());
        claims.remove(held.worker());
        return how + " by " + held.worker();
    }

    private String settle(Claim held) {
        assertThat(queue.settle(held)).isEqualTo(held.elements().size());
        held.elements().forEach(element -> pending.remove(receipt(element.bytes())));
        claims.remove(held.worker());
        return "settle by " + held.worker();
    }

    private String bury(Claim held) {
        if (held.elements().isEmpty()) {
            return settle(held);
        }
        List<Element> others = new ArrayList<>(held.elements());
        Element bad = others.remove(random.nextInt(others.size()));
        assertThat(queue.bury(held, bad, RejectionReason.INVALID_ELEMENT, "bad", now))
                .isTrue();
        pending.remove(receipt(bad.bytes()));
        claims.put(held.worker(), new Claim(held.worker(), held.number(), others));
        return "bury by " + held.worker();
    }

    private String replayOrDiscard() {
        List<Letter> dead = letters.list(null, 1_000);
        if (dead.isEmpty()) {
            return "nothing";
        }
        Letter letter = dead.get(random.nextInt(dead.size()));
        if (random.nextInt(4) == 0) {
            letters.discard(List.of(letter.id()));
            return "discard";
        }
        letters.replay(List.of(letter.id()));
        pending.add(receipt(letter.element()));
        return "replay";
    }

    private static Instant receipt(byte[] element) {
        return Objects.requireNonNull(QueuedEventFormat.receivedAtOf(element));
    }
}
