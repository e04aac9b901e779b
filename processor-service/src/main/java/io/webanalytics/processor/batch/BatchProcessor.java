package io.webanalytics.processor.batch;

import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.processor.ProcessorProperties;
import io.webanalytics.processor.repeat.Backoff;
import io.webanalytics.processor.repeat.Stop;
import io.webanalytics.processor.rollup.RollupMarks;
import io.webanalytics.queue.Claim;
import io.webanalytics.queue.Claim.Element;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.rollup.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Processes a claimed batch.
 *
 * <ol>
 *   <li>Its elements stay in Redis, in flight, until the last step. So a worker that dies loses nothing, and an event that is
 *       stored a second time is a duplicate key.
 *   <li>An element that is not an event is buried with its reason, so that it blocks nothing.
 *   <li>The rest is inserted until MongoDB acknowledges it, however long that takes.
 *   <li>The hours of its events are marked dirty, so that their rollups are built again. Events that were stored before count
 *       too: the worker that stored them may have died before it marked their hours.
 *   <li>Elements that too many workers died with are buried after their hours are marked: one of the workers may have stored
 *       them.
 *   <li>Only then is the batch settled.
 * </ol>
 *
 * A batch that cannot be stored now goes back to the queue, unsettled. One component serves all partitions.
 */
@Component
public final class BatchProcessor {

    /** Deaths of workers after which their element is buried: two may be chance. */
    private static final int MOST_ATTEMPTS = 3;

    private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);

    private final Insertion insertion;
    private final RollupMarks marks;
    private final DeadLetterWriter deadLetters;
    private final BatchMetrics metrics;
    private final Duration refusalPatience;
    private final Stop stop;

    BatchProcessor(
            Insertion insertion,
            RollupMarks marks,
            DeadLetterWriter deadLetters,
            BatchMetrics metrics,
            ProcessorProperties properties,
            Stop stop) {
        this.insertion = insertion;
        this.marks = marks;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.refusalPatience = properties.refusalPatience();
        this.stop = stop;
    }

    /** Returns whether the batch is settled. Otherwise it went back to the queue, or the claim was lost. */
    public boolean process(Partition partition, Claim claim) {
        metrics.claimed(claim.elements().size());
        partition.hold(claim);
        try {
            EventQueue queue = partition.queue();
            if (store(partition, claim, read(queue, claim))) {
                buryDeadly(queue, claim);
                return settle(queue, claim);
            }
            if (stop.isRequested()) {
                queue.release(claim);
            } else {
                queue.postpone(claim);
            }
            return false;
        } finally {
            partition.drop(claim);
        }
    }

    private Batch read(EventQueue queue, Claim claim) {
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
                deadLetters.bury(queue, claim, element, e.reason(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                deadLetters.bury(queue, claim, element, RejectionReason.STORE_REFUSED, "cannot be encoded: " + e);
            }
        }
        return new Batch(copies, deadlyHours);
    }

    private static Set<Bucket> hoursOf(Element deadly) {
        try {
            return Set.of(Copy.hourOf(deadly));
        } catch (InvalidEventException e) {
            return Set.of(); // no worker can have stored it
        }
    }

    private static boolean isDeadly(Element element) {
        return element.attempts() >= MOST_ATTEMPTS;
    }

    private void buryDeadly(EventQueue queue, Claim claim) {
        for (Element element : claim.elements()) {
            if (isDeadly(element)) {
                String error = element.attempts() + " workers died with it";
                deadLetters.bury(queue, claim, element, RejectionReason.WORKER_DIED, error);
            }
        }
    }

    /**
     * Retries with a backoff until every document is stored or buried, and the hours are marked.
     *
     * @return false if the process stops or loses the claim before that, or if MongoDB refuses every document for a reason that
     *     may be the documents' or its own: the batch goes back behind all others, and may return with other neighbours
     */
    private boolean store(Partition partition, Claim claim, Batch batch) {
        Backoff backoff = new Backoff();
        long impatientAt = System.nanoTime() + refusalPatience.toNanos();
        while (true) {
            if (!batch.isEmpty()) {
                insertion.insert(partition.queue(), claim, batch, System.nanoTime() - impatientAt >= 0);
            }
            if (batch.isEmpty() && marks.mark(claim.worker(), batch.hours())) {
                return true;
            }
            if (stop.isRequested() || !partition.holds(claim) || batch.timesRefusedWhole() >= Insertion.MOST_REFUSALS) {
                return false;
            }
            stop.pause(backoff.next());
        }
    }

    private boolean settle(EventQueue queue, Claim claim) {
        long settled = queue.settle(claim);
        if (settled >= 0) {
            metrics.settled(settled);
        } else {
            log.warn("Lost {} before it was settled; its heir settles it", claim);
        }
        return settled >= 0;
    }
}
