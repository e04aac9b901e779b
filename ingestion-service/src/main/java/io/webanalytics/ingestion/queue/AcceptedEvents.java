package io.webanalytics.ingestion.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.ingestion.EventMetrics;
import io.webanalytics.ingestion.IngestionProperties;
import io.webanalytics.model.Outage;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.QueueException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Pushes events to the partitions of the queue in turn, and counts the events that Redis acknowledged. */
@Component
public class AcceptedEvents {

    private final List<GroupCommit> partitions;
    private final long failoverNanos;
    private final Counter accepted;
    private final EventMetrics events;
    private final AtomicInteger turn = new AtomicInteger();
    private final Outage queue = new Outage("The queue");

    AcceptedEvents(
            List<EventQueue> partitions, IngestionProperties properties, EventMetrics events, MeterRegistry metrics) {
        long mostQueued = (properties.queueLimit() + partitions.size() - 1) / partitions.size();
        this.partitions = partitions.stream()
                .map(partition -> new GroupCommit(partition::accept, mostQueued, properties.pushTimeout()))
                .toList();
        this.events = events;
        this.failoverNanos = properties.pushTimeout().toNanos() / 8;
        this.accepted = Counter.builder("events.accepted")
                .description("Events that Redis acknowledged")
                .register(metrics);
    }

    /**
     * Pushes elements to one partition, or to the next if that is away or full. An event's {@code _id} is fixed, so an
     * event that both have queued is stored once. The push also fails if the acknowledgement comes more than
     * {@link QueuedEvent#LONGEST_PUSH} after the receipt, because this process stood still: reports may already claim
     * to be complete beyond the receipt.
     *
     * @param received when the events were received, by {@link System#nanoTime}
     */
    public CompletionStage<Long> push(List<byte[]> elements, long received) {
        int first = Math.floorMod(turn.getAndIncrement(), partitions.size());
        CompletionStage<Long> inTime = push(elements, first, 0, System.nanoTime())
                .thenApply(length -> {
                    if (System.nanoTime() - received > QueuedEvent.LONGEST_PUSH.toNanos()) {
                        throw QueueException.of(new TimeoutException());
                    }
                    return length;
                });
        return inTime.whenComplete((length, failure) -> {
            if (failure == null) {
                accepted.increment(elements.size());
                queue.worked();
            } else {
                QueueException exception = QueueException.of(failure);
                events.countRejected(exception.reason(), elements.size());
                queue.failed(String.valueOf(exception.getMessage()));
            }
        });
    }

    private CompletionStage<Long> push(List<byte[]> elements, int first, int attempt, long started) {
        GroupCommit partition = partitions.get((first + attempt) % partitions.size());
        return partition.push(elements).exceptionallyCompose(failure -> {
            QueueException exception = QueueException.of(failure);
            boolean mayGoOn = attempt + 1 < partitions.size() && System.nanoTime() - started < failoverNanos;
            if (!mayGoOn || exception.reason() == RejectionReason.QUEUE_SLOW) {
                return CompletableFuture.failedStage(exception);
            }
            return push(elements, first, attempt + 1, started)
                    .exceptionallyCompose(next -> CompletableFuture.failedStage(lessCertain(exception, next)));
        });
    }

    /**
     * Returns the less certain failure. A full queue, or a push that never reached Redis, certainly took nothing;
     * others may have.
     */
    private static QueueException lessCertain(QueueException exception, Throwable next) {
        boolean certain =
                exception.reason() == RejectionReason.QUEUE_FULL || exception.reason() == RejectionReason.TOO_BUSY;
        return certain ? QueueException.of(next) : exception;
    }
}
