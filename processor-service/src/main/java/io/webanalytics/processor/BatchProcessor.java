package io.webanalytics.processor;

import com.mongodb.MongoException;
import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.Outage;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.Claim;
import io.webanalytics.queue.Claim.Element;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.rollup.Bucket;
import java.util.ArrayList;
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
 *   <li>What too many workers died with is buried, now that its hour is marked: one of them may have stored it.
 *   <li>Only then is the batch settled.
 * </ol>
 */
final class BatchProcessor {

    /** A worker's death with an element may be chance twice; the third time the element goes. */
    private static final int MOST_ATTEMPTS = 3;

    private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);

    private final EventQueue queue;
    private final Leases leases;
    private final Insertion insertion;
    private final RollupMarks marks;
    private final Outage rollups;
    private final Burials burials;
    private final BatchMetrics metrics;
    private final ProcessorProperties properties;
    private final Stop stop;

    BatchProcessor(
            EventQueue queue,
            Leases leases,
            Insertion insertion,
            RollupMarks marks,
            Outage rollups,
            Burials burials,
            BatchMetrics metrics,
            ProcessorProperties properties,
            Stop stop) {
        this.queue = queue;
        this.leases = leases;
        this.insertion = insertion;
        this.marks = marks;
        this.rollups = rollups;
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
            if (store(claim, read(claim))) {
                claim.elements().stream()
                        .filter(BatchProcessor::isDeadly)
                        .forEach(element -> buryDeadly(claim, element));
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
        List<Copy> copies = new ArrayList<>(claim.elements().size());
        Set<Bucket> deadlyHours = new HashSet<>();
        for (int i = claim.elements().size() - 1; i >= 0; i--) { // the oldest is the last
            Element element = claim.elements().get(i);
            if (isDeadly(element)) {
                deadlyHours.addAll(hoursOf(element));
                continue;
            }
            try {
                copies.add(Copy.of(element));
            } catch (InvalidEventException e) {
                burials.bury(queue, claim, element, e.reason(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                burials.bury(queue, claim, element, RejectionReason.STORE_REFUSED, "cannot be encoded: " + e);
            }
        }
        Batch batch = new Batch(copies);
        batch.addHours(deadlyHours);
        return batch;
    }

    private static Set<Bucket> hoursOf(Element deadly) {
        try {
            return Set.of(Copy.hourOf(deadly));
        } catch (InvalidEventException e) {
            return Set.of(); // nobody has stored it
        }
    }

    private static boolean isDeadly(Element element) {
        return element.attempts() >= MOST_ATTEMPTS;
    }

    private void buryDeadly(Claim claim, Element element) {
        String error = element.attempts() + " workers died with it";
        burials.bury(queue, claim, element, RejectionReason.WORKER_DIED, error);
    }

    /**
     * Tries again and again, until every document is stored or buried, and the hours are marked.
     *
     * @return false where the process stops or has lost the claim before that, or where MongoDB refuses every document
     *     for a reason that may be the documents' or its own: the batch goes back behind all others, and may return with
     *     other neighbours
     */
    private boolean store(Claim claim, Batch batch) {
        Backoff backoff = new Backoff();
        long impatientAt = System.nanoTime() + properties.refusalPatience().toNanos();
        while (true) {
            if (!batch.isEmpty()) {
                insertion.insert(queue, claim, batch, System.nanoTime() - impatientAt >= 0);
            }
            if (batch.isEmpty() && isMarked(claim, batch)) {
                return true;
            }
            if (stop.isRequested() || !leases.holds(claim) || batch.timesRefusedWhole() >= Insertion.MOST_REFUSALS) {
                return false;
            }
            stop.pause(backoff.next());
        }
    }

    private boolean isMarked(Claim claim, Batch batch) {
        try {
            marks.mark(batch.hours());
            rollups.worked(claim.worker());
            return true;
        } catch (MongoException e) {
            rollups.failed(claim.worker(), String.valueOf(e.getMessage()));
            return false;
        }
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
