package io.webanalytics.processor;

import com.mongodb.MongoException;
import io.webanalytics.model.Event;
import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.model.queue.Claim;
import io.webanalytics.model.queue.Claim.Element;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.processor.EventStore.Outcome;
import io.webanalytics.processor.EventStore.Refusal;
import io.webanalytics.rollup.Bucket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a claimed batch.
 *
 * <ol>
 *   <li>Its elements stay in Redis, in flight, until the last step: a worker that dies loses nothing, and what is stored
 *       a second time is a duplicate key.
 *   <li>What is not an event is buried with its reason, so that it blocks nothing.
 *   <li>The rest is inserted until MongoDB acknowledges it, however long that takes.
 *   <li>The hours of its events are marked, so that the rollups of these are built again: of those too that were stored
 *       before, since the worker that stored them may have died just then.
 *   <li>Only then is the batch settled.
 * </ol>
 */
final class BatchProcessor {

    /** A worker's death with an element may be chance twice; the third time the element goes. */
    private static final int MOST_ATTEMPTS = 3;

    /** How often a document is refused for reasons unknown before it goes, or its batch goes back. */
    private static final int MOST_REFUSALS = 5;

    private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);

    private final EventQueue queue;
    private final Leases leases;
    private final EventStore store;
    private final RollupMarks marks;
    private final Burials burials;
    private final BatchMetrics metrics;
    private final ProcessorProperties properties;
    private final Stop stop;

    BatchProcessor(
            EventQueue queue,
            Leases leases,
            EventStore store,
            RollupMarks marks,
            Burials burials,
            BatchMetrics metrics,
            ProcessorProperties properties,
            Stop stop) {
        this.queue = queue;
        this.leases = leases;
        this.store = store;
        this.marks = marks;
        this.burials = burials;
        this.metrics = metrics;
        this.properties = properties;
        this.stop = stop;
    }

    /** Whether the batch is settled. It is not where it went back, or was lost. */
    boolean process(Claim claim) {
        metrics.claimed(claim.elements().size());
        leases.hold(claim);
        try {
            Batch batch = read(claim);
            if (store(claim, batch)) {
                return settle(claim);
            }
            if (stop.isRequested()) {
                queue.release(claim);
            } else {
                queue.postpone(claim);
            }
            return false;
        } finally {
            leases.drop(claim);
        }
    }

    private Batch read(Claim claim) {
        Batch batch = new Batch();
        for (Element element : claim.elements()) {
            if (element.attempts() >= MOST_ATTEMPTS) {
                String error = element.attempts() + " workers died with it";
                markIfEvent(element);
                bury(claim, element, RejectionReason.WORKER_DIED, error);
                continue;
            }
            try {
                QueuedEvent queued = QueuedEventFormat.decode(element.bytes());
                Event event = queued.event();
                batch.add(element, EventDocument.of(queued), Bucket.hour(event.siteId(), event.timestamp()));
            } catch (InvalidEventException e) {
                bury(claim, element, e.reason(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                bury(claim, element, RejectionReason.STORE_REFUSED, "cannot be encoded: " + e);
            }
        }
        return batch;
    }

    /** One of those who died may have stored it, and not come to mark it. */
    private void markIfEvent(Element element) {
        try {
            Event event = QueuedEventFormat.decode(element.bytes()).event();
            marks.mark(Set.of(Bucket.hour(event.siteId(), event.timestamp())));
        } catch (InvalidEventException e) {
            // Then nobody has stored it.
        }
    }

    /**
     * Inserts the batch again and again, until every document of it is stored or buried.
     *
     * @return false where the process stops or has lost the claim before that, or where MongoDB refuses every document
     *     for a reason that may be the documents' or its own: the batch goes back behind all others, and may return with
     *     other neighbours
     */
    private boolean store(Claim claim, Batch batch) {
        Backoff backoff = new Backoff();
        long impatientAt = System.nanoTime() + properties.refusalPatience().toNanos();
        int refusedWhole = 0;
        while (!batch.isEmpty()) {
            try {
                Outcome outcome = insert(batch);
                boolean neighboursStored = outcome.refused().size() < batch.size();
                boolean impatient = System.nanoTime() - impatientAt >= 0;
                if (!buryRefused(claim, batch, outcome.refused(), neighboursStored, impatient)) {
                    marks.mark(batch.hours());
                    return true;
                }
                refusedWhole += neighboursStored ? 0 : 1;
            } catch (MongoException e) {
                // The store has said so in the log; nothing is settled, and the batch is tried again.
            }
            if (stop.isRequested() || !leases.holds(claim) || refusedWhole >= MOST_REFUSALS) {
                return false;
            }
            stop.pause(backoff.next());
        }
        return true;
    }

    private void bury(Claim claim, Element element, RejectionReason reason, String error) {
        burials.bury(queue, claim, element, reason, error);
    }

    private Outcome insert(Batch batch) {
        long started = System.nanoTime();
        Outcome outcome = store.insert(batch.documents());
        metrics.inserted(System.nanoTime() - started, outcome.duplicates());
        return outcome;
    }

    /** Buries what MongoDB refuses for good, and answers whether there is something to be tried again. */
    private boolean buryRefused(
            Claim claim, Batch batch, List<Refusal> refused, boolean neighboursStored, boolean impatient) {
        Set<Integer> buried = new HashSet<>();
        for (Refusal refusal : refused) {
            int refusals = neighboursStored ? batch.countRefusal(refusal.index()) : 0;
            if (refusal.permanent() || (impatient && refusals >= MOST_REFUSALS)) {
                Element element = batch.element(refusal.index());
                bury(claim, element, RejectionReason.STORE_REFUSED, refusal.error());
                buried.add(refusal.index());
            }
        }
        batch.removeAll(buried);
        return buried.size() < refused.size();
    }

    private boolean settle(Claim claim) {
        long settled = queue.settle(claim);
        if (settled >= 0) {
            metrics.settled(settled);
        } else {
            log.warn("Lost {} before it was settled; its heir settles it", claim);
        }
        return settled >= 0;
    }
}
