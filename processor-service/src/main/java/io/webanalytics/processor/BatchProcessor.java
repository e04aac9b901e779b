package io.webanalytics.processor;

import com.mongodb.MongoException;
import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.Outage;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.model.queue.Claim;
import io.webanalytics.model.queue.Claim.Element;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.processor.EventStore.Outcome;
import io.webanalytics.processor.EventStore.Refusal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What happens to a claimed batch.
 *
 * <ol>
 *   <li>Its elements stay in Redis, in flight, until the last step: a worker that dies loses nothing, and what is stored
 *       a second time is a duplicate key.
 *   <li>What is not an event is buried with its reason, so that it blocks nothing.
 *   <li>The rest is inserted until MongoDB acknowledges it, however long that takes.
 *   <li>Only then is the batch settled.
 * </ol>
 */
@Component
final class BatchProcessor {

    /** A worker's death with an element may be chance twice; the third time the element goes. */
    private static final int MOST_ATTEMPTS = 3;
    /** How often, and for how long, a document is refused for reasons unknown, its neighbours stored, before it goes. */
    private static final int MOST_REFUSALS = 5;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);

    private final EventQueue queue;
    private final EventStore store;
    private final Leases leases;
    private final BatchMetrics metrics;
    private final Stop stop;
    private final Outage mongo = new Outage("MongoDB");

    BatchProcessor(EventQueue queue, EventStore store, Leases leases, BatchMetrics metrics, Stop stop) {
        this.queue = queue;
        this.store = store;
        this.leases = leases;
        this.metrics = metrics;
        this.stop = stop;
    }

    void process(Claim claim) {
        metrics.claimed(claim.elements().size());
        leases.hold(claim);
        try {
            Batch batch = read(claim);
            if (store(claim, batch)) {
                settle(claim);
            } else {
                queue.release(claim);
            }
        } finally {
            leases.drop(claim);
        }
    }

    private Batch read(Claim claim) {
        Batch batch = new Batch();
        for (Element element : claim.elements()) {
            if (element.attempts() >= MOST_ATTEMPTS) {
                bury(claim, element, RejectionReason.WORKER_DIED, element.attempts() + " workers died with it");
                continue;
            }
            try {
                batch.add(element, EventDocument.of(QueuedEventFormat.decode(element.bytes())));
            } catch (InvalidEventException e) {
                bury(claim, element, e.reason(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                bury(claim, element, RejectionReason.STORE_REFUSED, "cannot be encoded: " + e);
            }
        }
        return batch;
    }

    /**
     * Inserts the batch again and again, until every document of it is stored or buried.
     *
     * @return false where the process stops, or has lost the claim, before that
     */
    private boolean store(Claim claim, Batch batch) {
        Backoff backoff = new Backoff();
        long started = System.nanoTime();
        while (!batch.isEmpty()) {
            try {
                Outcome outcome = insert(batch);
                boolean neighboursStored = outcome.refused().size() < batch.size();
                boolean patienceEnded = System.nanoTime() - started > PATIENCE.toNanos();
                if (!buryRefused(claim, batch, outcome.refused(), neighboursStored, patienceEnded)) {
                    return true;
                }
            } catch (MongoException e) {
                mongo.failed(String.valueOf(e.getMessage()));
            }
            if (stop.isRequested() || !leases.holds(claim)) {
                return false;
            }
            stop.pause(backoff.next());
        }
        return true;
    }

    private Outcome insert(Batch batch) {
        long started = System.nanoTime();
        Outcome outcome = store.insert(batch.documents());
        metrics.inserted(System.nanoTime() - started, outcome.duplicates());
        mongo.worked();
        return outcome;
    }

    /** Buries what MongoDB refuses for good, and answers whether there is something to be tried again. */
    private boolean buryRefused(
            Claim claim, Batch batch, List<Refusal> refused, boolean neighboursStored, boolean patienceEnded) {
        Set<Integer> buried = new HashSet<>();
        for (Refusal refusal : refused) {
            int refusals = neighboursStored ? batch.countRefusal(refusal.index()) : 0;
            if (refusal.permanent() || (patienceEnded && refusals >= MOST_REFUSALS)) {
                bury(claim, batch.element(refusal.index()), RejectionReason.STORE_REFUSED, refusal.error());
                buried.add(refusal.index());
            }
        }
        batch.removeAll(buried);
        return buried.size() < refused.size();
    }

    private void bury(Claim claim, Element element, RejectionReason reason, String error) {
        if (queue.bury(claim, element, reason, error)) {
            metrics.buried(reason);
            log.warn("Buried an element of {}: {}: {}", claim, reason.word(), error);
        }
    }

    private void settle(Claim claim) {
        long settled = queue.settle(claim);
        if (settled >= 0) {
            metrics.settled(settled);
        } else {
            log.warn("Lost {} before it was settled; its heir settles it", claim);
        }
    }
}
