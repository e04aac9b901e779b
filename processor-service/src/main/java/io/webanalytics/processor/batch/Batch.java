package io.webanalytics.processor.batch;

import io.webanalytics.rollup.Bucket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** The events of a claim that are still to be stored, in the order of receipt, and the hours of all its events. */
final class Batch {

    private final Map<UUID, Entry> entries = new LinkedHashMap<>();
    private final Set<Bucket> hours = new HashSet<>();
    private @Nullable Entry witness;
    private int timesRefusedWhole;

    /** An event that is to be stored once, however many copies it has: the first copy, or the next if that is refused. */
    static final class Entry {

        private final Deque<Copy> copies = new ArrayDeque<>();
        private boolean stored;
        private boolean written;
        private int refusals;

        RawBsonDocument document() {
            return copies.getFirst().document();
        }

        boolean isStored() {
            return stored;
        }

        /** Counts a refusal of the first copy while other events were stored. Returns how many there were. */
        int countRefusal() {
            return ++refusals;
        }
    }

    /**
     * @param claimed in the order of the queue, which decides between copies of the same millisecond
     * @param moreHours further hours to be marked
     */
    Batch(List<Copy> claimed, Set<Bucket> moreHours) {
        hours.addAll(moreHours);
        claimed.stream().sorted(Comparator.comparing(Copy::receivedAt)).forEach(copy -> {
            entries.computeIfAbsent(copy.id(), id -> new Entry()).copies.add(copy);
            hours.add(copy.hour());
        });
    }

    Set<Bucket> hours() {
        return hours;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Returns what to send now: all events that are still to be stored. If some were refused for unknown reasons, it adds a
     * witness: an event that is stored already. If MongoDB does not refuse the witness, the others are the reason.
     */
    List<Entry> toSend() {
        List<Entry> sent = new ArrayList<>(entries.values());
        if (witness != null && sent.stream().anyMatch(entry -> entry.refusals > 0)) {
            sent.add(witness);
        }
        return sent;
    }

    /**
     * Records that MongoDB has an event that was sent.
     *
     * @return how many duplicates to add to those that MongoDB reported: the copies that need not be sent; one less if MongoDB
     *     reported the witness, or a document that we had written ourselves
     */
    int stored(Entry entry) {
        if (entry.stored) {
            return -1;
        }
        entry.stored = true;
        entries.remove(entry.copies.getFirst().id());
        witness = witness == null ? entry : witness;
        return entry.copies.size() - (entry.written ? 2 : 1);
    }

    /** Records that MongoDB has written an event but may not keep it. Sent again, it is a duplicate of what we wrote. */
    static void written(Entry entry) {
        entry.written = true;
    }

    /** Removes the first copy of an event. The next copy is to be stored in its place. */
    Copy removeFirst(Entry refused) {
        Copy first = refused.copies.removeFirst();
        refused.refusals = 0;
        if (refused.copies.isEmpty()) {
            entries.remove(first.id());
        }
        return first;
    }

    /** Counts that MongoDB refused everything that was sent, for unknown reasons. */
    void countRefusedWhole() {
        timesRefusedWhole++;
    }

    int timesRefusedWhole() {
        return timesRefusedWhole;
    }
}
