package io.webanalytics.processor;

import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.QueueException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the leases of this process's workers, recovers what dead workers left behind, and reads the queue's figures. */
final class Supervisor implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

    private final EventQueue queue;
    private final Leases leases;
    private final QueueFigures figures;
    private final Duration lease;
    private final Stop stop;
    private long renewAt = System.nanoTime();
    private long recoverAt;

    Supervisor(EventQueue queue, Leases leases, QueueFigures figures, Duration lease, Stop stop) {
        this.queue = queue;
        this.leases = leases;
        this.figures = figures;
        this.lease = lease;
        this.stop = stop;
        this.recoverAt = afterALease();
    }

    /**
     * Living workers get the time to renew before their batches are taken for orphans: at the start, which may follow an
     * outage of Redis, and after each.
     */
    private long afterALease() {
        return System.nanoTime() + lease.toNanos();
    }

    @Override
    public void run() {
        Duration period = lease.dividedBy(6).compareTo(LONGEST_PERIOD) < 0 ? lease.dividedBy(6) : LONGEST_PERIOD;
        while (!stop.isRequested()) {
            try {
                superviseOnce();
            } catch (QueueException e) {
                figures.unknown(); // the workers report the outage
                renewAt = System.nanoTime();
                recoverAt = afterALease();
            } catch (RuntimeException e) {
                log.error("The supervisor failed, and will try again", e);
            }
            stop.pause(period);
        }
    }

    private void superviseOnce() {
        if (System.nanoTime() - renewAt >= 0) {
            leases.renew(queue, lease);
            renewAt = System.nanoTime() + lease.toNanos() / 3;
        }
        if (System.nanoTime() - recoverAt >= 0) {
            long recovered = queue.recover();
            if (recovered > 0) {
                log.warn("Recovered {} events that dead workers held", recovered);
            }
        }
        figures.read(queue);
    }
}
