package io.webanalytics.processor.batch;

import io.webanalytics.queue.Claim;
import io.webanalytics.queue.EventQueue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A partition of the queue, and the claims of it that this process holds. Each of them has a lease. */
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

    /** Returns whether the claim is still ours, as far as we know. */
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
