package io.webanalytics.processor.admin;

import io.webanalytics.processor.admin.LetterPage.LetterView;
import io.webanalytics.queue.DeadLetters;
import io.webanalytics.queue.DeadLetters.Letter;
import io.webanalytics.queue.EventQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The dead letters of all partitions, one partition after the other. */
@Component
class DeadLetterOffice {

    /** Letters that one script moves, each of at most 128 KiB: a script blocks Redis. */
    private static final int SLICE = 100;

    private final List<DeadLetters> partitions;

    DeadLetterOffice(List<EventQueue> partitions) {
        this.partitions = partitions.stream().map(EventQueue::deadLetters).toList();
    }

    /** Whether the partition that an id names exists. */
    boolean knows(LetterId id) {
        return partitionOf(id).isPresent();
    }

    LetterPage page(@Nullable LetterId after, int limit) {
        List<LetterView> letters = new ArrayList<>();
        boolean reached = after == null;
        for (DeadLetters partition : partitions) {
            boolean here = !reached && partition.partition().equals(after.partition());
            reached |= here;
            if (reached && letters.size() <= limit) {
                for (Letter letter : partition.list(here ? after.id() : null, limit + 1 - letters.size())) {
                    letters.add(LetterView.of(new LetterId(partition.partition(), letter.id()), letter));
                }
            }
        }
        boolean more = letters.size() > limit;
        List<LetterView> shown = more ? letters.subList(0, limit) : letters;
        long total = partitions.stream().mapToLong(DeadLetters::count).sum();
        return new LetterPage(total, shown, more ? shown.get(limit - 1).id() : null);
    }

    /** Replays a letter. Returns whether it existed. */
    boolean replay(LetterId id) {
        return one(id, DeadLetters::replay);
    }

    /** Discards a letter. Returns whether it existed. */
    boolean discard(LetterId id) {
        return one(id, DeadLetters::discard);
    }

    /** Replays every letter that is there now, and returns how many. A letter that comes back meanwhile stays. */
    long replayAll() {
        return all(DeadLetters::replay);
    }

    /** Discards every letter that is there now, and returns how many. */
    long discardAll() {
        return all(DeadLetters::discard);
    }

    private boolean one(LetterId id, ToLongBiFunction<DeadLetters, List<String>> action) {
        return partitionOf(id)
                .filter(partition -> action.applyAsLong(partition, List.of(id.id())) == 1)
                .isPresent();
    }

    private Optional<DeadLetters> partitionOf(LetterId id) {
        return partitions.stream()
                .filter(partition -> partition.partition().equals(id.partition()))
                .findFirst();
    }

    private long all(ToLongBiFunction<DeadLetters, List<String>> action) {
        long moved = 0;
        for (DeadLetters partition : partitions) {
            String last = partition.newest();
            List<String> ids = last == null ? List.of() : slice(partition, null, last);
            while (!ids.isEmpty()) {
                moved += action.applyAsLong(partition, ids);
                ids = slice(partition, ids.get(ids.size() - 1), last);
            }
        }
        return moved;
    }

    private static List<String> slice(DeadLetters partition, @Nullable String after, String last) {
        return partition.list(after, last, SLICE).stream().map(Letter::id).toList();
    }
}
