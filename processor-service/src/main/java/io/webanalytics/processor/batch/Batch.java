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

/** What is still to be stored of a claim, in the order of receipt; and the hours of all that ever was in it. */
final class Batch {

    private final Map<UUID, Entry> entries = new LinkedHashMap<>();
    private final Set<Bucket> hours = new HashSet<>();
    private @Nullable Entry witness;
    private int timesRefusedWhole;

    /** An event that is to be stored once, whatever copies of it there are: the first, or where that is refused the next. */
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

        /** Counts that it was refused while others were stored, and returns how often it has been. */
        int countRefusal() {
            return ++refusals;
        }
    }

    /**
     * @param claimed in the order of the queue, which decides between copies of the same millisecond
     * @param moreHours are to be marked as well
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
     * What is to be sent now: all that is still to be stored and, where some of it was refused for reasons unknown, a witness
     * that is stored already. Where MongoDB does not refuse that one, the reason is theirs.
     */
    List<Entry> toSend() {
        List<Entry> sent = new ArrayList<>(entries.values());
        if (witness != null && sent.stream().anyMatch(entry -> entry.refusals > 0)) {
            sent.add(witness);
        }
        return sent;
    }

    /**
     * MongoDB has what was sent.
     *
     * @return how many duplicates there are beside those that MongoDB told of: the copies that need not be sent; one less where
     *     it told of one that we knew of, or had written ourselves
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

    /** MongoDB has written what was sent, and is not sure to keep it: it is sent again, and met by what was written. */
    static void written(Entry entry) {
        entry.written = true;
    }

    /** Takes the first copy of an event out. The next one is to be stored in its place. */
    Copy removeFirst(Entry refused) {
        Copy first = refused.copies.removeFirst();
        refused.refusals = 0;
        if (refused.copies.isEmpty()) {
            entries.remove(first.id());
        }
        return first;
    }

    /** Counts that everything that was sent was refused, for reasons unknown. */
    void countRefusedWhole() {
        timesRefusedWhole++;
    }

    int timesRefusedWhole() {
        return timesRefusedWhole;
    }
}
