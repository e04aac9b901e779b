package io.webanalytics.processor.admin;

import io.webanalytics.processor.rollup.RollupMetrics;
import io.webanalytics.rollup.build.Verifier;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The comparisons of this process: the running one, if any, and the last ended ones. */
@Component
class Verifications {

    /** Each keeps up to {@link Verification#MOST_DIFFERENCES} differences. */
    private static final int MOST_REMEMBERED = 10;

    private final Verifier verifier;
    private final RollupMetrics metrics;

    /** The newest first. */
    private final Deque<Verification> remembered = new ArrayDeque<>();

    Verifications(Verifier verifier, RollupMetrics metrics) {
        this.verifier = verifier;
        this.metrics = metrics;
    }

    /** Another comparison runs. Each reads all events of its days, so several would leave MongoDB little time for other work. */
    static final class BusyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** @param id of the running comparison */
        BusyException(String id) {
            super("Another comparison runs: " + RollupController.VERIFICATIONS + id, null, false, false);
        }
    }

    /**
     * Begins a comparison.
     *
     * @throws BusyException if another runs
     */
    synchronized VerificationReport begin(SiteDays days) {
        Verification last = remembered.peekFirst();
        if (last != null && last.isAtWork()) {
            throw new BusyException(last.id());
        }
        Verification next = new Verification(days, verifier, metrics);
        VerificationReport begun = next.report();
        next.begin();
        remembered.addFirst(next);
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.removeLast();
        }
        return begun;
    }

    synchronized @Nullable Verification find(String id) {
        return remembered.stream()
                .filter(verification -> verification.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Ends all comparisons when the process stops. */
    @EventListener(ContextClosedEvent.class)
    synchronized void endAll() {
        remembered.forEach(Verification::end);
    }
}
