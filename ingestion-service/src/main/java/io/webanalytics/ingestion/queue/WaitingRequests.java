package io.webanalytics.ingestion.queue;

import io.webanalytics.queue.QueueException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The requests that wait to be pushed to one partition, the oldest first. Not thread-safe. */
final class WaitingRequests {

    /** The most bytes of all waiting requests. A request that would exceed them is refused. */
    static final int MOST_BYTES = 32 << 20;

    private final Deque<Request> waiting = new ArrayDeque<>();
    private int bytes;

    /** The elements of one request. It completes within the timeout of its arrival, even if its push is lost. */
    record Request(List<byte[]> elements, int bytes, CompletableFuture<Long> acknowledged) {

        static Request of(List<byte[]> elements, Duration timeout) {
            int bytes = elements.stream().mapToInt(element -> element.length).sum();
            CompletableFuture<Long> acknowledged = new CompletableFuture<>();
            acknowledged.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Request(elements, bytes, acknowledged);
        }

        private boolean isAnswered() {
            return acknowledged.isDone();
        }

        void fail(QueueException failure) {
            acknowledged.completeExceptionally(failure);
        }
    }

    /** Adds a request. Returns false if there is no room for it. */
    boolean join(Request request) {
        while (!waiting.isEmpty() && waiting.getFirst().isAnswered()) { // the oldest time out first
            takeFirst();
        }
        if (bytes + request.bytes > MOST_BYTES) {
            return false;
        }
        waiting.addLast(request);
        bytes += request.bytes;
        return true;
    }

    /**
     * Removes and returns the oldest requests that have not timed out.
     *
     * @param mostBytes the most bytes of the group; a single request may have more
     */
    List<Request> take(int mostRequests, int mostBytes) {
        List<Request> group = new ArrayList<>(Math.min(mostRequests, waiting.size()));
        int taken = 0;
        while (!waiting.isEmpty() && group.size() < mostRequests) {
            Request first = waiting.getFirst();
            boolean answered = first.isAnswered();
            if (!answered && !group.isEmpty() && taken + first.bytes > mostBytes) {
                break;
            }
            takeFirst();
            if (!answered) {
                taken += first.bytes;
                group.add(first);
            }
        }
        return group;
    }

    /** Puts a group back before all others. */
    void putBack(List<Request> group) {
        for (int i = group.size() - 1; i >= 0; i--) {
            waiting.addFirst(group.get(i));
            bytes += group.get(i).bytes;
        }
    }

    /** Removes and returns the requests with so many elements or more. */
    List<Request> takeAllOf(int elements) {
        List<Request> taken = new ArrayList<>();
        waiting.removeIf(request -> {
            boolean large = request.elements.size() >= elements;
            if (large) {
                taken.add(request);
                bytes -= request.bytes;
            }
            return large;
        });
        return taken;
    }

    private void takeFirst() {
        bytes -= waiting.removeFirst().bytes;
    }
}
