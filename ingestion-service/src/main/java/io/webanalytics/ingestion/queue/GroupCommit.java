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
 * Pushes to one partition, two pushes at a time, so that Redis has the next at hand when it has written one to disk. What
 * arrives while two are under way goes out together in the next, and waits for nothing where fewer are. Each request is
 * answered by the reply to its own push, and within the timeout of its arrival; one that had to give up before its turn came
 * is not pushed.
 */
final class GroupCommit {

    static final int MOST_UNDER_WAY = 2;

    /** A push ends before it grows beyond this, so that Redis has time for others; a single request may. */
    static final int MOST_PUSHED_BYTES = 1 << 20;

    /** More than a push takes beyond its timeout: the end of one that lasts longer was lost to an {@link Error} on its way. */
    private static final Duration LOST_AFTER = Duration.ofSeconds(2);

    private final Acceptance queue;
    private final long mostQueued;
    private final Duration timeout;
    private final WaitingRequests waiting = new WaitingRequests();
    private final List<Push> underWay = new ArrayList<>(MOST_UNDER_WAY);

    /** Most requests of the next push: where the queue has no room for a group, it may have some for a smaller one. */
    private int mostRequests = Integer.MAX_VALUE;

    /** As {@link EventQueue#accept}. */
    interface Acceptance {

        CompletionStage<Long> accept(List<byte[]> elements, long mostQueued);
    }

    /** Requests that are pushed together; no other push is equal to it. */
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

    /** Pushes those that wait, unless as many pushes are under way as may be: the next of these to end takes them along. */
    private void pushNext() {
        Push next = begin();
        if (next != null) {
            accept(next.group).whenComplete((length, failure) -> end(next, length, failure));
        }
    }

    /** Whatever is thrown between this and the {@link #end}, others may push again in a while. */
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
            pushNext(); // Redis shall not wait until everybody has their answer
            push.group.forEach(request -> request.acknowledged().complete(length));
        } else {
            fail(push.group, QueueException.of(failure));
            // Whoever this thread belongs to has other work: it may be the one that connects again.
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

    /** Where there is no room for one, there is none for those that wait with as many events or more. */
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
