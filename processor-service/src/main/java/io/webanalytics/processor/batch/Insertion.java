package io.webanalytics.processor.batch;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import io.webanalytics.model.Outage;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.processor.batch.Batch.Entry;
import io.webanalytics.queue.Claim;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.store.EventStore;
import io.webanalytics.store.EventStore.InsertResult;
import io.webanalytics.store.Refusal;
import io.webanalytics.store.Refusal.Blame;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Inserts batches. Events that are stored or buried are taken out of their batch, so that no retry sends them again. */
@Component
final class Insertion {

    /** How often a document is refused for unknown reasons before it is buried, or its batch goes back. */
    static final int MOST_REFUSALS = 5;

    private static final Logger log = LoggerFactory.getLogger(Insertion.class);

    private final EventStore store;
    private final DeadLetterWriter deadLetters;
    private final BatchMetrics metrics;
    private final Outage outage;
    private final LogThrottle throttle = new LogThrottle();

    Insertion(EventStore store, DeadLetterWriter deadLetters, BatchMetrics metrics, Outage eventsOutage) {
        this.store = store;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.outage = eventsOutage;
    }

    /**
     * Tries once to insert a batch.
     *
     * @param impatient whether to bury documents that were refused often enough for unknown reasons
     */
    void insert(EventQueue queue, Claim claim, Batch batch, boolean impatient) {
        List<Entry> sent = batch.toSend();
        long started = System.nanoTime();
        InsertResult outcome;
        try {
            outcome = store.insert(sent.stream().map(Entry::document).toList());
        } catch (MongoException e) {
            noteWritten(sent, e);
            outage.failed(claim.worker(), String.valueOf(e.getMessage()));
            return;
        }
        long took = System.nanoTime() - started;
        Map<Entry, Refusal> refused = new LinkedHashMap<>();
        outcome.refused().forEach(refusal -> refused.put(sent.get(refusal.index()), refusal));
        int duplicates = outcome.duplicates();
        for (Entry entry : sent) {
            duplicates += refused.containsKey(entry) ? 0 : batch.stored(entry);
        }
        metrics.inserted(took, Math.max(0, duplicates)); // below 0 where a write was rolled back
        boolean othersStored = refused.size() < sent.size();
        if (fails(claim, refused.values())) {
            return;
        }
        if (!othersStored && refused.values().stream().allMatch(refusal -> refusal.blame() == Blame.UNKNOWN)) {
            batch.countRefusedWhole(); // shows neither that MongoDB works nor that it fails
            return;
        }
        outage.worked(claim.worker());
        refused.forEach((entry, refusal) -> {
            boolean judged = refusal.blame() == Blame.DOCUMENT
                    || othersStored && entry.countRefusal() >= MOST_REFUSALS && impatient;
            if (judged && !entry.isStored()) {
                Copy copy = batch.removeFirst(entry);
                deadLetters.bury(queue, claim, copy.element(), RejectionReason.STORE_REFUSED, refusal.error());
            }
        });
    }

    /** Notes which documents MongoDB has written although the write concern was not met. */
    private static void noteWritten(List<Entry> sent, MongoException failure) {
        if (failure instanceof MongoBulkWriteException unconfirmed) {
            Set<Entry> written = new HashSet<>(sent);
            unconfirmed.getWriteErrors().forEach(error -> written.remove(sent.get(error.getIndex())));
            written.forEach(Batch::written);
        }
    }

    /** Reports refusals that the server causes, or may cause. Returns whether it causes one. */
    private boolean fails(Claim claim, Collection<Refusal> refused) {
        for (Refusal refusal : refused) {
            if (refusal.blame() == Blame.SERVER) {
                outage.failed(claim.worker(), refusal.error());
                return true;
            }
            if (refusal.blame() == Blame.UNKNOWN) {
                throttle.log(times -> log.warn(
                        "MongoDB refused documents for reasons unknown, {} times, and is given them again: {}",
                        times,
                        refusal.error()));
            }
        }
        return false;
    }
}
