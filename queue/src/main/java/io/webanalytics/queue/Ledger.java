package io.webanalytics.queue;

import io.webanalytics.model.QueueSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where all events are that a partition ever accepted, read in one atomic step.
 *
 * @param partition the partition's hash tag
 * @param asOf when it was read, by Redis's clock
 * @param accepted events that were ever added to the queue
 * @param settled events that were settled: MongoDB has them
 * @param discarded dead letters that an operator deleted
 * @param dead dead letters that are kept
 * @param inFlight events that workers hold
 * @param queued events that wait to be claimed
 * @param oldestReceivedAt when the next event to be claimed was received; null where none waits, or where the next
 *     element is not an event
 * @param oldestPendingReceipt the oldest receipt of all events that are {@link #pending}; too late at most by the
 *     allowance of {@link #completeThrough}. Null where nothing is pending, or where an element that must be read for
 *     it is not an event
 * @param holders the workers that hold a batch
 */
public record Ledger(
        String partition,
        Instant asOf,
        long accepted,
        long settled,
        long discarded,
        long dead,
        long inFlight,
        long queued,
        @Nullable Instant oldestReceivedAt,
        @Nullable Instant oldestPendingReceipt,
        List<Holder> holders) {

    /**
     * A worker that holds a batch.
     *
     * @param worker its name
     * @param claim its claim number
     * @param events how many events it holds
     * @param leaseEnds when others may recover them, by Redis's clock
     */
    public record Holder(String worker, long claim, long events, Instant leaseEnds) {}

    /** Whether all accepted events are accounted for. If not, there is a defect, or another program wrote the keys. */
    public boolean balanced() {
        return accepted == settled + discarded + dead + inFlight + queued;
    }

    /** Counts the events that are accepted and not yet stored, dead letters excepted. */
    public long pending() {
        return inFlight + queued;
    }

    /**
     * Returns the instant through which everything is stored: every event of this partition that was received before
     * it, and acknowledged, is in MongoDB, dead letters excepted. The instant may be too early, never too late:
     *
     * <ul>
     *   <li>An acknowledged event was pushed within the push deadline after its receipt. So an event that was pushed
     *       after {@link #asOf} was received after {@code asOf} minus the allowance.
     *   <li>Of the pending elements, all that were ever moved back to the queue (released, postponed, recovered,
     *       replayed) are known with their receipts.
     *   <li>All other elements lie in the order in which they were pushed, in the queue and in each batch, since claims
     *       take from the right. The element at the right end of each list is read. It was pushed before every element
     *       to its left that was never moved back. That holds even if it was moved back itself: when it was first
     *       claimed, the others stayed in the queue or were not there yet. So they were received after its receipt
     *       minus the allowance.
     * </ul>
     *
     * @param allowance the longest time from the receipt of an event to its acknowledgement
     *     ({@code ingestion.push-timeout}, at most 900 ms, and an eighth more where there are several partitions), plus
     *     the largest difference between the clocks of any two of Redis and the ingestion services
     * @return null where it is unknown, because an element that must be read for it is not an event
     */
    public @Nullable Instant completeThrough(Duration allowance) {
        Instant oldest = oldestPendingReceipt;
        if (oldest == null && pending() > 0) {
            return null;
        }
        return (oldest == null || asOf.isBefore(oldest) ? asOf : oldest).minus(allowance);
    }

    /**
     * Combines the ledgers of all partitions.
     *
     * @param allowance see {@link #completeThrough}
     * @return null where {@link #completeThrough} is null for one of them
     */
    public static @Nullable QueueSnapshot snapshotOf(Collection<Ledger> partitions, Duration allowance) {
        Instant asOf = Instant.MAX;
        Instant completeThrough = Instant.MAX;
        long pending = 0;
        long dead = 0;
        for (Ledger ledger : partitions) {
            Instant complete = ledger.completeThrough(allowance);
            if (complete == null) {
                return null;
            }
            asOf = ledger.asOf().isBefore(asOf) ? ledger.asOf() : asOf;
            completeThrough = complete.isBefore(completeThrough) ? complete : completeThrough;
            pending += ledger.pending();
            dead += ledger.dead();
        }
        return new QueueSnapshot(asOf, completeThrough, pending, dead);
    }

    /** Returns how long the next event to be claimed has waited; null where {@link #oldestReceivedAt} is. */
    public @Nullable Duration oldestAge() {
        if (oldestReceivedAt == null) {
            return null;
        }
        Duration age = Duration.between(oldestReceivedAt, asOf);
        return age.isNegative() ? Duration.ZERO : age; // the clocks of two machines may differ
    }
}
