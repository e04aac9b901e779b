package io.webanalytics.model.queue;

import java.time.Duration;
import java.time.Instant;
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

    /** How long the next event to be claimed has waited; null where {@link #oldestReceivedAt} is. */
    public @Nullable Duration oldestAge() {
        if (oldestReceivedAt == null) {
            return null;
        }
        Duration age = Duration.between(oldestReceivedAt, asOf);
        return age.isNegative() ? Duration.ZERO : age; // by the clocks of two machines
    }
}
