package io.webanalytics.ingestion;

import io.webanalytics.model.RejectionReason;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.QueueException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Pushes to one partition, two pushes at a time, so that Redis has the next at hand when it has written one to disk. What
 * arrives while two are under way goes out together in the next, and waits for nothing where fewer are. Each request is
 * answered by the reply to its own push, and within the timeout of its arrival; one that had to give up before its turn came
 * is not pushed.
 */
final class GroupCommit {

    private static final int MOST_UNDER_WAY = 2;

    /** A push ends before it grows beyond this, so that Redis has time for others; a single request may. */
    static final int MOST_PUSHED_BYTES = 1 << 20;

    /** What would have to wait beside more than this is refused. */
    static final int MOST_WAITING_BYTES = 32 << 20;

    private final EventQueue partition;
    private final long mostQueued;
    private final Duration timeout;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private int underWay;

    /** Most requests of the next push: where the queue has no room for a group, it may have some for a smaller one. */
    private int mostRequests = Integer.MAX_VALUE;

    /** @param mostQueued how many events may be queued after a push */
    GroupCommit(EventQueue partition, long mostQueued, Duration timeout) {
        this.partition = partition;
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
        }
        return request.acknowledged;
    }

    /** Whether another push may start; else one that is under way will take it along. */
    private synchronized boolean join(Request request) {
        while (!waiting.isEmpty() && waiting.getFirst().isAnswered()) { // the oldest give up first
            waitingBytes -= waiting.removeFirst().bytes;
        }
        if (waitingBytes + request.bytes > MOST_WAITING_BYTES) {
            request.fail(QueueException.overflow(MOST_WAITING_BYTES));
            return false;
        }
        waiting.addLast(request);
        waitingBytes += request.bytes;
        boolean mayStart = underWay < MOST_UNDER_WAY;
        underWay += mayStart ? 1 : 0;
        return mayStart;
    }

    private void pushNext() {
        List<Request> group = next();
        if (!group.isEmpty()) {
            accept(group).whenComplete((length, failure) -> {
                if (failure == null) {
                    grow();
                    pushNext(); // Redis shall not wait until everybody has their answer
                    group.forEach(request -> request.acknowledged.complete(length));
                } else {
                    fail(group, QueueException.of(failure));
                    // Whoever this thread belongs to has other work: it may be the one that connects again.
                    CompletableFuture.runAsync(this::pushNext);
                }
            });
        }
    }

    private synchronized List<Request> next() {
        List<Request> group = new ArrayList<>(Math.min(mostRequests, waiting.size()));
        int bytes = 0;
        while (!waiting.isEmpty() && group.size() < mostRequests) {
            Request first = waiting.getFirst();
            boolean answered = first.isAnswered();
            if (!answered && !group.isEmpty() && bytes + first.bytes > MOST_PUSHED_BYTES) {
                break;
            }
            waitingBytes -= waiting.removeFirst().bytes;
            if (!answered) {
                bytes += first.bytes;
                group.add(first);
            }
        }
        underWay -= group.isEmpty() ? 1 : 0;
        return group;
    }

    /** Nothing that goes wrong here may leave the others waiting. */
    private CompletionStage<Long> accept(List<Request> group) {
        try {
            List<byte[]> elements = new ArrayList<>();
            group.forEach(request -> elements.addAll(request.elements));
            return partition.accept(elements, mostQueued);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
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
        for (int i = group.size() - 1; i >= 0; i--) {
            waiting.addFirst(group.get(i));
            waitingBytes += group.get(i).bytes;
        }
    }

    /** Where there is no room for one, there is none for those that wait with as many events or more. */
    private void failAllAsLarge(Request refused, QueueException failure) {
        List<Request> asLarge = new ArrayList<>(List.of(refused));
        synchronized (this) {
            mostRequests = Integer.MAX_VALUE;
            waiting.removeIf(request -> {
                boolean hopeless = request.elements.size() >= refused.elements.size();
                if (hopeless) {
                    asLarge.add(request);
                    waitingBytes -= request.bytes;
                }
                return hopeless;
            });
        }
        asLarge.forEach(request -> request.fail(failure));
    }

    private record Request(List<byte[]> elements, int bytes, CompletableFuture<Long> acknowledged) {

        static Request of(List<byte[]> elements, Duration timeout) {
            int bytes = elements.stream().mapToInt(element -> element.length).sum();
            CompletableFuture<Long> acknowledged = new CompletableFuture<>();
            acknowledged.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Request(elements, bytes, acknowledged);
        }

        boolean isAnswered() {
            return acknowledged.isDone();
        }

        void fail(QueueException failure) {
            acknowledged.completeExceptionally(failure);
        }
    }
}
