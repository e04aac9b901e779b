package io.webanalytics.processor;

import io.webanalytics.queue.Claim;
import io.webanalytics.queue.EventQueue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The claims that this process holds of a partition, and which of them it has lost. */
final class Leases {

    private final Map<String, Claim> held = new ConcurrentHashMap<>();

    void hold(Claim claim) {
        held.put(claim.worker(), claim);
    }

    void drop(Claim claim) {
        held.remove(claim.worker(), claim);
    }

    /** Whether the claim is still ours, as far as we know. */
    boolean holds(Claim claim) {
        return held.get(claim.worker()) == claim;
    }

    /** Moves every lease on, and drops the claims that are lost. */
    void renew(EventQueue queue, Duration lease) {
        for (Claim claim : held.values()) {
            if (!queue.renew(claim, lease)) {
                drop(claim);
            }
        }
    }
}
