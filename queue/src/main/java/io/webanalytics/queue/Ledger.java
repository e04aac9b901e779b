package io.webanalytics.queue;

import io.webanalytics.model.QueueSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where every event is that a partition ever accepted, read in one atomic step.
 *
 * @param partition the partition's hash tag
 * @param asOf when, by Redis's clock
 * @param accepted events that were taken in
 * @param settled events that MongoDB has
 * @param discarded dead letters that an operator deleted
 * @param dead dead letters
 * @param inFlight events that workers hold
 * @param queued events that wait
 * @param oldestReceivedAt when the next event to be claimed was received; null where none waits, or where what waits
 *     there is not an event
 * @param oldestPendingReceipt the oldest receipt of all events {@link #pending}, later at most by what {@link
 *     #completeThrough} allows for; null where nothing is pending, and where something is but what should tell is not an
 *     event
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

    /** Whether everything accepted is accounted for. It always is: anything else is a defect, or somebody else's hand. */
    public boolean balanced() {
        return accepted == settled + discarded + dead + inFlight + queued;
    }

    /** Events that are accepted and not yet stored, dead letters excepted. */
    public long pending() {
        return inFlight + queued;
    }

    /**
     * Until when everything is stored: no event of this partition that a sender was told is received, and that was received
     * before, is missing in MongoDB, dead letters excepted. May be too early, never too late:
     *
     * <ul>
     *   <li>An event is acknowledged, and so was pushed, within the push deadline of its receipt. What was pushed after
     *       {@link #asOf} was therefore received after {@code asOf} minus the allowance.
     *   <li>Of what is pending, everything that was ever moved back to the queue (released, postponed, recovered, replayed)
     *       is known with its receipt.
     *   <li>All else lies in the order in which it was pushed, in the queue and in each batch, since claims take from the
     *       right. The right end of each is read. An element there was pushed before all those to its left that were never
     *       moved back, even where it was moved back itself: it had been claimed once, and they were left, or not there
     *       yet. So they were received after its receipt minus the allowance.
     * </ul>
     *
     * @param allowance the longest that an event may take from its receipt to its acknowledgement ({@code
     *     ingestion.push-timeout}, at most 900 ms, and an eighth more where there are several partitions) and the largest
     *     difference between the clocks of any two of Redis and the ingestion services
     * @return null where it cannot be told, because what lies where the oldest event should is not an event
     */
    public @Nullable Instant completeThrough(Duration allowance) {
        Instant oldest = oldestPendingReceipt;
        if (oldest == null && pending() > 0) {
            return null;
        }
        return (oldest == null || asOf.isBefore(oldest) ? asOf : oldest).minus(allowance);
    }

    /**
     * Takes the ledgers of all partitions together.
     *
     * @param allowance see {@link #completeThrough}
     * @return null where it cannot be told
     */
    public static @Nullable QueueSnapshot together(Collection<Ledger> partitions, Duration allowance) {
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

    /** How long the next event to be claimed has waited; null where {@link #oldestReceivedAt} is. */
    public @Nullable Duration oldestAge() {
        if (oldestReceivedAt == null) {
            return null;
        }
        Duration age = Duration.between(oldestReceivedAt, asOf);
        return age.isNegative() ? Duration.ZERO : age; // by the clocks of two machines
    }
}
