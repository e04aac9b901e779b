package io.webanalytics.rollup.build;

import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.Built;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Builds hours from their events. */
final class HourBuilder {

    /** Long enough for the largest hour; what takes longer may be built twice, which does no harm. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** What is written together, at most: bounds the memory that a builder takes. */
    private static final int MOST_BYTES = 4 << 20;

    private static final int MOST_HOURS = 100;

    private final BucketHeads heads;
    private final BucketParts parts;
    private final EventReader events;

    HourBuilder(BucketHeads heads, BucketParts parts, EventReader events) {
        this.heads = heads;
        this.parts = parts;
        this.events = events;
    }

    /**
     * What became of a run of hours.
     *
     * @param built those that have a new content
     * @param tooLarge how many of them cannot be stored
     */
    record Outcome(Set<Bucket> built, int tooLarge) {}

    /**
     * Leases hours, reads their events, and writes their content.
     *
     * @param run consecutive hours of one site
     * @param over they ended, and were marked last, before this instant of MongoDB's clock
     * @param now by MongoDB's clock
     */
    Outcome build(List<Bucket> run, Instant over, Instant now) {
        String lease = UUID.randomUUID().toString();
        Map<Bucket, BucketHead> leased = heads.lease(run, lease, over, now, LEASE).stream()
                .collect(Collectors.toMap(BucketHead::bucket, Function.identity()));
        Set<Bucket> built = new HashSet<>();
        if (leased.isEmpty()) {
            return new Outcome(built, 0);
        }
        List<Built> pending = new ArrayList<>();
        int[] figures = new int[2]; // bytes that are pending, hours that are too large
        events.read(run, (hour, content) -> {
            BucketHead head = leased.get(hour);
            if (head == null) {
                return;
            }
            Built next = Built.of(head, content);
            pending.add(next);
            figures[0] += next.bytes();
            figures[1] += next.tooLarge() ? 1 : 0;
            if (pending.size() == MOST_HOURS || figures[0] > MOST_BYTES) {
                built.addAll(write(pending, lease));
                pending.clear();
                figures[0] = 0;
            }
        });
        built.addAll(write(pending, lease));
        return new Outcome(built, figures[1]);
    }

    /** The parts first: a head never names parts that are not there. */
    private Set<Bucket> write(List<Built> pending, String lease) {
        if (pending.isEmpty()) {
            return Set.of();
        }
        parts.insert(
                pending.stream().flatMap(built -> built.documents().stream()).toList());
        Set<Bucket> committed = heads.commit(pending, lease);
        Map<Bucket, String> unused = new HashMap<>();
        for (Built built : pending) {
            Bucket bucket = built.head().bucket();
            String superfluous = committed.contains(bucket) ? built.head().build() : built.build();
            if (superfluous != null) {
                unused.put(bucket, superfluous);
            }
        }
        parts.delete(unused);
        return committed;
    }
}
