package io.webanalytics.processor.worker;

import io.webanalytics.processor.batch.Partition;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.Ledger;
import io.webanalytics.queue.Ledger.Holder;
import io.webanalytics.queue.QueueException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervises one partition: renews the leases of this process's workers, reads the ledger, and recovers the batches of dead
 * workers.
 */
final class Supervisor {

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

    private final Partition partition;
    private final EventQueue queue;
    private final LedgerMetrics metrics;
    private final SnapshotWriter snapshots;
    private final Duration lease;
    private long renewAt = System.nanoTime();
    private long recoverAt;
    private long seenAt = System.nanoTime();

    Supervisor(Partition partition, LedgerMetrics metrics, SnapshotWriter snapshots, Duration lease) {
        this.partition = partition;
        this.queue = partition.queue();
        this.metrics = metrics;
        this.snapshots = snapshots;
        this.lease = lease;
        this.recoverAt = afterALease();
    }

    /**
     * Returns when batches may be recovered. Living workers first get the time of a lease to renew theirs: at the start, which
     * may follow an outage of Redis, and after each outage, even one too short to be noticed otherwise.
     */
    private long afterALease() {
        return System.nanoTime() + lease.toNanos();
    }

    /** Returns how often to supervise. */
    Duration period() {
        Duration sixth = lease.dividedBy(6);
        return sixth.compareTo(LONGEST_PERIOD) < 0 ? sixth : LONGEST_PERIOD;
    }

    /** @throws QueueException if Redis does not answer */
    void supervise() {
        try {
            superviseOnce();
        } catch (QueueException e) {
            metrics.unknown(queue.partition());
            renewAt = System.nanoTime();
            recoverAt = afterALease();
            throw e;
        }
    }

    private void superviseOnce() {
        if (System.nanoTime() - renewAt >= 0) {
            partition.renewLeases(lease);
            renewAt = System.nanoTime() + lease.toNanos() / 3;
        }
        Ledger ledger = queue.ledger();
        metrics.read(ledger);
        snapshots.read(ledger);
        if (stoodStill()) {
            recoverAt = afterALease();
        }
        if (System.nanoTime() - recoverAt >= 0) {
            recoverFromTheDead(ledger);
        }
    }

    /** Returns whether Redis, or this process, did nothing for so long that leases of living workers may have ended. */
    private boolean stoodStill() {
        long before = seenAt;
        seenAt = System.nanoTime();
        return seenAt - before > lease.toNanos() / 2;
    }

    /** Recovers the batches whose leases have ended. A batch that cannot be recovered does not block the others. */
    private void recoverFromTheDead(Ledger ledger) {
        long recovered = 0;
        QueueException failure = null;
        for (Holder holder : ledger.holders()) {
            if (!holder.leaseEnds().isAfter(ledger.asOf())) {
                try {
                    recovered += Math.max(0, queue.recover(holder.worker()));
                } catch (QueueException e) {
                    failure = e;
                }
            }
        }
        if (recovered > 0) {
            log.warn("Recovered {} events that dead workers held", recovered);
        }
        if (failure != null) {
            throw failure;
        }
    }
}
