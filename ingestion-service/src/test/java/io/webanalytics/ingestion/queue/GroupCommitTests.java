package io.webanalytics.ingestion.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.QueueException;
import io.webanalytics.queue.RedisLink;
import io.webanalytics.testing.Signals;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pushes that arrive while Redis stands still, so that all but the first two wait. */
class GroupCommitTests {

    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final Duration HASTY = Duration.ofMillis(300);
    private static final Pattern CALLS = Pattern.compile("cmdstat_evalsha:calls=(\\d+)");

    private final EmbeddedRedis server = EmbeddedRedis.start(null);
    private final RedisClient client = RedisClient.create(server.url());
    private RedisCommands<String, String> redis;
    private EventQueue queue;

    @BeforeEach
    void connect() throws InterruptedException {
        ClientOptions.Builder options = ClientOptions.builder();
        RedisLink.configure(options);
        client.setOptions(options.build());
        queue = queue(PATIENT);
        redis = client.connect().sync();
    }

    private EventQueue queue(Duration timeout) throws InterruptedException {
        RedisLink link = new RedisLink(client, timeout);
        assertThat(link.awaitConnection(Duration.ofSeconds(10))).isTrue();
        return new EventQueue(link, "0");
    }

    @AfterEach
    void stop() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        server.close();
    }

    @Test
    void whatArrivesDuringTwoPushesGoesOutTogetherInTheNext() {
        GroupCommit pushes = new GroupCommit(queue::accept, 1_000, PATIENT);
        pushes.push(elements(1)).toCompletableFuture().join(); // so that Redis has the script
        long before = calls();

        List<CompletableFuture<Long>> replies = pushWhileRedisStandsStill(pushes, 100, elements(2));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.join()).isPositive());
        assertThat(calls() - before)
                .as("the first two, and one for all that waited")
                .isEqualTo(3);
        assertThat(redis.llen("events:{0}")).isEqualTo(201);
        assertThat(redis.hget("events:{0}:ledger", "accepted")).isEqualTo("201");
    }

    @Test
    void groupEndsBeforeItGrowsTooLarge() {
        GroupCommit pushes = new GroupCommit(queue::accept, 1_000, PATIENT);
        pushes.push(elements(1)).toCompletableFuture().join();
        long before = calls();
        List<byte[]> quarter = List.of(new byte[GroupCommit.MOST_PUSHED_BYTES / 4]);

        pushWhileRedisStandsStill(pushes, 2 + 9, quarter).forEach(CompletableFuture::join);

        assertThat(calls() - before)
                .as("the first two, and 4, 4 and 1 of those that waited")
                .isEqualTo(5);
        assertThat(redis.llen("events:{0}")).isEqualTo(12);
    }

    /** Pushes in flight on a connection that breaks may fail only by their timeout. */
    @Test
    void whoWaitsForARedisThatDiesIsToldInTimeAndOthersArePushedWhenItIsBack() throws Exception {
        Duration timeout = Duration.ofSeconds(1);
        GroupCommit pushes = new GroupCommit(queue(timeout)::accept, 1_000, timeout);
        Signals.pause(server.process());
        List<CompletableFuture<Long>> replies = push(pushes, 50, elements(1));
        server.kill();

        await().atMost(timeout.plusSeconds(5))
                .until(() -> replies.stream().allMatch(CompletableFuture::isCompletedExceptionally));
        assertThat(replies)
                .extracting(GroupCommitTests::reasonOf)
                .isSubsetOf(RejectionReason.QUEUE_UNAVAILABLE, RejectionReason.QUEUE_SLOW);

        server.restart();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> !pushes.push(elements(1))
                        .toCompletableFuture()
                        .handle((length, failure) -> failure != null)
                        .join());
    }

    @Test
    void eachIsTakenThatTheQueueHasRoomForThoughThereIsNoneForAllTogether() {
        GroupCommit pushes = new GroupCommit(queue::accept, 10, PATIENT);

        List<CompletableFuture<Long>> replies = pushWhileRedisStandsStill(pushes, 20, elements(2));

        await().until(() -> replies.stream().allMatch(CompletableFuture::isDone));
        assertThat(replies.stream().filter(reply -> !reply.isCompletedExceptionally()))
                .hasSize(5);
        assertThat(replies.stream().filter(CompletableFuture::isCompletedExceptionally))
                .allMatch(reply -> reasonOf(reply) == RejectionReason.QUEUE_FULL);
        assertThat(redis.llen("events:{0}")).isEqualTo(10);
        assertThat(redis.hget("events:{0}:ledger", "accepted")).isEqualTo("10");
    }

    @Test
    void whoHasToGiveUpWaitingIsToldInTimeAndNotPushed() {
        GroupCommit pushes = new GroupCommit(queue::accept, 1_000, HASTY);
        Signals.pause(server.process());
        List<CompletableFuture<Long>> replies = new ArrayList<>();
        try {
            long started = System.nanoTime();
            replies.addAll(push(pushes, 10, elements(1)));
            assertThat(replies).allMatch(reply -> reasonOf(reply) == RejectionReason.QUEUE_SLOW);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(HASTY.plusSeconds(1));
        } finally {
            Signals.resume(server.process());
        }

        await("the pushes that were under way").until(() -> redis.llen("events:{0}") == 2);
        assertThat(pushes.push(elements(1)).toCompletableFuture().join()).isEqualTo(3);
    }

    @Test
    void noMoreWaitsThanMayAndRoomIsMadeAgain() {
        GroupCommit pushes = new GroupCommit(queue::accept, 1_000, PATIENT);
        List<byte[]> large = List.of(new byte[WaitingRequests.MOST_BYTES / 4]);

        List<CompletableFuture<Long>> replies = pushWhileRedisStandsStill(pushes, 7, large);

        assertThat(replies.subList(0, 6))
                .allSatisfy(reply -> assertThat(reply.join()).isPositive());
        assertThat(reasonOf(replies.get(6))).isEqualTo(RejectionReason.TOO_BUSY);
        assertThat(pushes.push(large).toCompletableFuture().join()).isEqualTo(7);
    }

    /** Errors, such as out of memory, never take the partition out of use, wherever and however often they occur. */
    @ParameterizedTest
    @MethodSource
    void errorsLeaveNobodyWaitingAndThePartitionInUse(GroupCommit.Acceptance failing) {
        AtomicInteger failures = new AtomicInteger(GroupCommit.MOST_UNDER_WAY + 1);
        GroupCommit pushes = new GroupCommit(
                (elements, most) ->
                        failures.getAndDecrement() > 0 ? failing.accept(elements, most) : queue.accept(elements, most),
                1_000,
                HASTY);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> catchThrowable(() ->
                                pushes.push(elements(1)).toCompletableFuture().get(5, TimeUnit.SECONDS))
                        == null);

        assertThat(failures).hasNonPositiveValue();
        assertThat(redis.llen("events:{0}")).isEqualTo(1);
    }

    static Stream<GroupCommit.Acceptance> errorsLeaveNobodyWaitingAndThePartitionInUse() {
        return Stream.of(
                (elements, most) -> {
                    throw new OutOfMemoryError("when it is sent");
                },
                (elements, most) -> CompletableFuture.failedStage(new OutOfMemoryError("in its answer")),
                (elements, most) -> new CompletableFuture<>() {
                    @Override
                    public CompletableFuture<Long> whenComplete(BiConsumer<? super Long, ? super Throwable> action) {
                        throw new OutOfMemoryError("when its answer is to be waited for");
                    }
                },
                (elements, most) -> new CompletableFuture<>()); // a reply that is lost
    }

    private List<CompletableFuture<Long>> pushWhileRedisStandsStill(
            GroupCommit pushes, int requests, List<byte[]> elements) {
        Signals.pause(server.process());
        try {
            return push(pushes, requests, elements);
        } finally {
            Signals.resume(server.process());
        }
    }

    private static List<CompletableFuture<Long>> push(GroupCommit pushes, int requests, List<byte[]> elements) {
        return IntStream.range(0, requests)
                .mapToObj(i -> pushes.push(elements).toCompletableFuture())
                .toList();
    }

    private static List<byte[]> elements(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("element " + i).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static RejectionReason reasonOf(CompletableFuture<Long> reply) {
        try {
            reply.join();
        } catch (CompletionException e) {
            return QueueException.of(e).reason();
        }
        throw new AssertionError("it succeeded");
    }

    private long calls() {
        Matcher calls = CALLS.matcher(redis.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }
}
