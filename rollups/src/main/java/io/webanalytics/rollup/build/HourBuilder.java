package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketContent;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.Built;
import io.webanalytics.rollup.DirtyHours;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Builds hours from their events. */
final class HourBuilder {

    /**
     * Far longer than the time until leases are renewed. Leases only save work: if two builders build the same hour, the first
     * to commit wins, and the other fails its version check.
     */
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** The longest time until built content is written. */
    private static final long LONGEST_PENDING_NANOS = Duration.ofSeconds(10).toNanos();

    /** The longest time of a turn. Hours that are left then wait for their next turn, so that others get theirs. */
    private static final long LONGEST_TURN_NANOS = Duration.ofSeconds(5).toNanos();

    private final DirtyHours dirty;
    private final BucketHeads heads;
    private final BucketParts parts;
    private final EventReader events;
    private final ServerClock clock;

    HourBuilder(DirtyHours dirty, BucketHeads heads, BucketParts parts, EventReader events, ServerClock clock) {
        this.dirty = dirty;
        this.heads = heads;
        this.parts = parts;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The outcome for some hours.
     *
     * @param built the hours that have new content
     * @param folded how many of them lost detail, see {@link BucketContent}
     * @param failed the hours that cannot be built, and the causes: they are retried after a minute
     */
    record Outcome(Set<Bucket> built, int folded, Map<Bucket, RuntimeException> failed) {}

    /**
     * Leases hours, reads their events, and writes their content.
     *
     * @param over the hours ended, and were last marked, before this instant of MongoDB's clock
     * @param stop called now and then: whether to end early
     * @throws MongoException if MongoDB is away; what was built until then stays
     */
    Outcome build(Collection<Bucket> hours, Instant over, BooleanSupplier stop) {
        Turn turn = new Turn(hours, over, stop);
        turn.build();
        turn.end();
        return new Outcome(turn.built, turn.folded, turn.failed);
    }

    private final class Turn {

        private final String lease = UUID.randomUUID().toString();
        private final Map<Bucket, BucketHead> left = new HashMap<>();
        private final BucketWriter writer = new BucketWriter(heads, parts);
        private final Set<Bucket> built = new HashSet<>();
        private final Map<Bucket, RuntimeException> failed = new HashMap<>();
        private final BooleanSupplier stop;
        private final long began = System.nanoTime();
        private long written = began;
        private int folded;

        Turn(Collection<Bucket> hours, Instant over, BooleanSupplier stop) {
            this.stop = stop;
            dirty.lease(hours, lease, over, clock.now(), LEASE).forEach(head -> left.put(head.bucket(), head));
        }

        /** Builds the leased hours. One that fails keeps its lease, which delays the next try, and gets a later turn. */
        void build() {
            Neighbours.forAll(hours(), this::build, (hour, failure) -> {
                failed.put(hour, failure);
                left.remove(hour);
            });
        }

        private void build(List<Bucket> hours) {
            writer.clear();
            List<Bucket> unbuilt = hours.stream().filter(left::containsKey).toList();
            if (!unbuilt.isEmpty() && !isOver()) {
                events.read(unbuilt, this::add, this::isOver, stop);
                write();
            }
        }

        private List<Bucket> hours() {
            return left.keySet().stream().sorted(Bucket.ORDER).toList();
        }

        void end() {
            dirty.postpone(failed.keySet());
            if (!left.isEmpty()) {
                dirty.release(left.keySet(), lease);
            }
        }

        private boolean isOver() {
            return System.nanoTime() - began > LONGEST_TURN_NANOS || stop.getAsBoolean();
        }

        private void add(Bucket hour, BucketContent content) {
            writer.add(Built.of(left.get(hour), content));
            if (writer.isFull() || System.nanoTime() - written > LONGEST_PENDING_NANOS) {
                write();
                dirty.renew(left.keySet(), lease, clock.now(), LEASE);
            }
        }

        private void write() {
            List<Built> pending = List.copyOf(writer.pending());
            Set<Bucket> committed = writer.write();
            for (Built hour : pending) {
                left.remove(hour.bucket());
                folded += committed.contains(hour.bucket()) && !hour.folded().isEmpty() ? 1 : 0;
            }
            built.addAll(committed);
            written = System.nanoTime();
        }
    }
}
