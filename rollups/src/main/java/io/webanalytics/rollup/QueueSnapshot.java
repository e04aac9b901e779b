package io.webanalytics.rollup;

import io.webanalytics.model.queue.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the queue held at an instant, and so up to when the store is complete.
 *
 * @param asOf when it was read, by Redis's clock; of several partitions, when the first was
 * @param completeThrough every event that was acknowledged before this instant was stored then, dead letters excepted
 * @param pending events that were accepted and not stored then
 * @param dead dead letters
 */
public record QueueSnapshot(Instant asOf, Instant completeThrough, long pending, long dead) {

    /**
     * Takes the ledgers of all partitions together.
     *
     * @param allowance see {@link Ledger#completeThrough}
     * @return null where it cannot be told
     */
    public static @Nullable QueueSnapshot of(Collection<Ledger> partitions, Duration allowance) {
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
}
