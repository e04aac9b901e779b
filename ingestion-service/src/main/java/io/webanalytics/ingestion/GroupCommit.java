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
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Pushes to one partition, one push at a time: what arrives while one is under way goes out together in the next, and waits
 * for nothing where none is. Each request is answered by the reply to its own push, and within the timeout of its arrival;
 * one that had to give up before its turn came is not pushed.
 */
final class GroupCommit {

    /** A push ends before it grows beyond this, so that Redis has time for others; a single request may. */
    static final int MOST_PUSHED_BYTES = 1 << 20;

    /** What would have to wait beside more than this is refused. */
    static final int MOST_WAITING_BYTES = 32 << 20;

    private final EventQueue partition;
    private final long mostQueued;
    private final Duration timeout;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean underWay;

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
        synchronized (this) {
            if (waitingBytes + request.bytes > MOST_WAITING_BYTES) {
                request.acknowledged.completeExceptionally(QueueException.of(new TimeoutException()));
                return request.acknowledged;
            }
            waiting.add(request);
            waitingBytes += request.bytes;
            if (underWay) {
                return request.acknowledged;
            }
            underWay = true;
        }
        pushWaiting();
        return request.acknowledged;
    }

    /** Pushes group after group, until one is under way or nobody waits. */
    private void pushWaiting() {
        for (List<Request> group = next(); !group.isEmpty(); group = next()) {
            List<Request> pushed = group;
            CompletableFuture<Long> reply = accept(pushed).toCompletableFuture();
            if (!reply.isDone()) {
                reply.whenComplete((length, failure) -> {
                    pushWaiting(); // Redis shall not wait until everybody has their answer
                    answer(pushed, length, failure);
                });
                return;
            }
            reply.whenComplete((length, failure) -> answer(pushed, length, failure));
        }
    }

    private synchronized List<Request> next() {
        List<Request> group = new ArrayList<>(waiting.size());
        int bytes = 0;
        while (!waiting.isEmpty() && (group.isEmpty() || bytes + waiting.getFirst().bytes <= MOST_PUSHED_BYTES)) {
            Request first = waiting.removeFirst();
            waitingBytes -= first.bytes;
            if (!first.acknowledged.isDone()) {
                bytes += first.bytes;
                group.add(first);
            }
        }
        underWay = !group.isEmpty();
        return group;
    }

    private CompletionStage<Long> accept(List<Request> group) {
        List<byte[]> elements = new ArrayList<>(group.size());
        group.forEach(request -> elements.addAll(request.elements));
        return partition.accept(elements, mostQueued);
    }

    /** Where the queue has no room for all of a group, it may have some for each of them. */
    private void answer(List<Request> group, @Nullable Long length, @Nullable Throwable failure) {
        boolean full = failure != null && QueueException.of(failure).reason() == RejectionReason.QUEUE_FULL;
        if (full && group.size() > 1) {
            group.forEach(request -> accept(List.of(request)).whenComplete(request::answer));
        } else {
            group.forEach(request -> request.answer(length, failure));
        }
    }

    private record Request(List<byte[]> elements, int bytes, CompletableFuture<Long> acknowledged) {

        static Request of(List<byte[]> elements, Duration timeout) {
            int bytes = elements.stream().mapToInt(element -> element.length).sum();
            CompletableFuture<Long> acknowledged = new CompletableFuture<>();
            acknowledged.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Request(elements, bytes, acknowledged);
        }

        void answer(@Nullable Long length, @Nullable Throwable failure) {
            if (failure == null) {
                acknowledged.complete(length);
            } else {
                acknowledged.completeExceptionally(failure);
            }
        }
    }
}
