package io.webanalytics.processor.batch;

import io.webanalytics.queue.Claim;
import io.webanalytics.queue.EventQueue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A partition of the queue, and the claims that this process holds on it. Each claim has a lease. */
public final class Partition {

    private final EventQueue queue;
    private final Map<String, Claim> held = new ConcurrentHashMap<>();

    public Partition(EventQueue queue) {
        this.queue = queue;
    }

    public EventQueue queue() {
        return queue;
    }

    void hold(Claim claim) {
        held.put(claim.worker(), claim);
    }

    void drop(Claim claim) {
        held.remove(claim.worker(), claim);
    }

    /** Returns whether this process still holds the claim, as far as it knows. */
    boolean holds(Claim claim) {
        return held.get(claim.worker()) == claim;
    }

    /** Renews the lease of every claim, and drops the claims that are lost. */
    public void renewLeases(Duration lease) {
        for (Claim claim : held.values()) {
            if (!queue.renew(claim, lease)) {
                drop(claim);
            }
        }
    }
}
