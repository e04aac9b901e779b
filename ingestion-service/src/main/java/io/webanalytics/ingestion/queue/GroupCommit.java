package io.webanalytics.ingestion.queue;

import io.webanalytics.ingestion.queue.WaitingRequests.Request;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.QueueException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Pushes to one partition, with at most two pushes under way, so that Redis has the next at hand when it has written
 * one to disk. Requests that arrive while two are under way share the next push; otherwise a request is pushed at once.
 * Each request completes with the reply to its own push, or fails when the timeout since its arrival expires. A request
 * that times out before its turn is not pushed.
 */
final class GroupCommit {

    static final int MOST_UNDER_WAY = 2;

    /** The most bytes of a push, so that Redis has time for others. A single request may have more. */
    static final int MOST_PUSHED_BYTES = 1 << 20;

    /** How long after its timeout a push expires. A push that has not ended by then lost its completion to an {@link Error}. */
    private static final Duration LOST_AFTER = Duration.ofSeconds(2);

    private final Acceptance queue;
    private final long mostQueued;
    private final Duration timeout;
    private final WaitingRequests waiting = new WaitingRequests();
    private final List<Push> underWay = new ArrayList<>(MOST_UNDER_WAY);

    /** The most requests of the next push. A queue without room for a group may have room for a smaller one. */
    private int mostRequests = Integer.MAX_VALUE;

    /** {@link EventQueue#accept} of one partition. */
    interface Acceptance {

        CompletionStage<Long> accept(List<byte[]> elements, long mostQueued);
    }

    /** Requests that are pushed together. No two pushes are equal. */
    private static final class Push {

        private final List<Request> group;
        private final long began = System.nanoTime();

        Push(List<Request> group) {
            this.group = group;
        }

        boolean isOlderThan(Duration age) {
            return System.nanoTime() - began > age.toNanos();
        }
    }

    /**
     * @param queue the partition, which completes each push within the timeout
     * @param mostQueued how many events may be queued after a push
     */
    GroupCommit(Acceptance queue, long mostQueued, Duration timeout) {
        this.queue = queue;
        this.mostQueued = mostQueued;
        this.timeout = timeout;
    }

    /**
     * Pushes the elements of a request, all of them or none.
     *
     * @return as {@link EventQueue#accept}
     */
    CompletionStage<Long> push(List<byte[]> elements) {
        Request request = Request.of(elements, timeout);
        if (join(request)) {
            pushNext();
        } else {
            request.fail(QueueException.overflow(WaitingRequests.MOST_BYTES));
        }
        return request.acknowledged();
    }

    private synchronized boolean join(Request request) {
        return waiting.join(request);
    }

    /** Pushes waiting requests, unless two pushes are under way. Then the first of these to end pushes them. */
    private void pushNext() {
        Push next = begin();
        if (next != null) {
            accept(next.group).whenComplete((length, failure) -> end(next, length, failure));
        }
    }

    /** Begins a push. If an error keeps it from its {@link #end}, it expires, so that others can push again. */
    private synchronized @Nullable Push begin() {
        underWay.removeIf(push -> push.isOlderThan(timeout.plus(LOST_AFTER)));
        List<Request> group =
                underWay.size() < MOST_UNDER_WAY ? waiting.take(mostRequests, MOST_PUSHED_BYTES) : List.of();
        if (group.isEmpty()) {
            return null;
        }
        Push push = new Push(group);
        underWay.add(push);
        return push;
    }

    private CompletionStage<Long> accept(List<Request> group) {
        try {
            List<byte[]> elements = new ArrayList<>();
            group.forEach(request -> elements.addAll(request.elements()));
            return queue.accept(elements, mostQueued);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void end(Push push, @Nullable Long length, @Nullable Throwable failure) {
        forget(push);
        if (failure == null) {
            grow();
            pushNext(); // before the responses, so that Redis need not wait for them
            push.group.forEach(request -> request.acknowledged().complete(length));
        } else {
            fail(push.group, QueueException.of(failure));
            // This thread has other work: it may be the one that reconnects.
            CompletableFuture.runAsync(this::pushNext);
        }
    }

    private synchronized void forget(Push push) {
        underWay.remove(push);
    }

    private synchronized void grow() {
        mostRequests = mostRequests > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : mostRequests * 2;
    }

    private void fail(List<Request> group, QueueException failure) {
        if (failure.reason() != RejectionReason.QUEUE_FULL) {
            group.forEach(request -> request.fail(failure));
        } else if (group.size() > 1) {
            tryOneOf(group);
        } else {
            failAllAsLarge(group.get(0), failure);
        }
    }

    private synchronized void tryOneOf(List<Request> group) {
        mostRequests = 1;
        waiting.putBack(group);
    }

    /** Fails a request, and all waiting requests with as many events or more: there is no room for them either. */
    private void failAllAsLarge(Request refused, QueueException failure) {
        List<Request> asLarge;
        synchronized (this) {
            mostRequests = Integer.MAX_VALUE;
            asLarge = waiting.takeAllOf(refused.elements().size());
        }
        refused.fail(failure);
        asLarge.forEach(request -> request.fail(failure));
    }
}
