package io.webanalytics.processor;

import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.Ledger;
import io.webanalytics.model.queue.Ledger.Holder;
import io.webanalytics.model.queue.QueueException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For one partition: renews the leases of this process's workers, reads the ledger, and recovers what dead workers left
 * behind.
 */
final class Supervisor implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

    private final EventQueue queue;
    private final Leases leases;
    private final LedgerMetrics metrics;
    private final SnapshotWriter snapshots;
    private final Duration lease;
    private final Stop stop;
    private long renewAt = System.nanoTime();
    private long recoverAt;
    private long seenAt = System.nanoTime();
    private boolean broken;

    Supervisor(
            EventQueue queue,
            Leases leases,
            LedgerMetrics metrics,
            SnapshotWriter snapshots,
            Duration lease,
            Stop stop) {
        this.queue = queue;
        this.leases = leases;
        this.metrics = metrics;
        this.snapshots = snapshots;
        this.lease = lease;
        this.stop = stop;
        this.recoverAt = afterALease();
    }

    /**
     * Living workers get the time to renew before their batches are taken for orphans: at the start, which may follow an
     * outage of Redis, and after each, even one too short to be noticed otherwise.
     */
    private long afterALease() {
        return System.nanoTime() + lease.toNanos();
    }

    @Override
    public void run() {
        Duration period = lease.dividedBy(6).compareTo(LONGEST_PERIOD) < 0 ? lease.dividedBy(6) : LONGEST_PERIOD;
        while (!stop.isRequested() || leases.areHeld()) {
            try {
                superviseOnce();
                broken = false;
            } catch (QueueException e) {
                metrics.unknown(queue.partition()); // the workers report the outage
                renewAt = System.nanoTime();
                recoverAt = afterALease();
            } catch (RuntimeException e) {
                if (!broken) {
                    log.error("The supervisor failed, and will try again until that works", e);
                    broken = true;
                }
            }
            if (stop.isRequested()) {
                LockSupport.parkNanos(period.toNanos()); // a worker is still at its last batch
            } else {
                stop.pause(period);
            }
        }
    }

    private void superviseOnce() {
        if (System.nanoTime() - renewAt >= 0) {
            leases.renew(queue, lease);
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

    /** Whether Redis, or this process, answered nothing for so long that leases may have ended whose workers live. */
    private boolean stoodStill() {
        long before = seenAt;
        seenAt = System.nanoTime();
        return seenAt - before > lease.toNanos() / 2;
    }

    /** One batch that cannot be recovered keeps none of the others. */
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
