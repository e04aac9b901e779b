package io.webanalytics.reporting.count;

import io.webanalytics.model.Event;
import io.webanalytics.model.QueueSnapshot;
import io.webanalytics.reporting.count.BucketIndex.Coverage;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.CountsSum;
import io.webanalytics.rollup.DistinctUsers;
import io.webanalytics.rollup.Part;
import io.webanalytics.rollup.TypeFigures;
import io.webanalytics.store.Condition;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.EventFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts for one report: from buckets where they have what is asked for, from events for the rest. The events are read once for all
 * asks.
 */
final class Counting {

    /** Approximate memory of a count, without its users and values. */
    private static final long COUNT_BYTES = 1_000;

    private final RawEvents events;
    private final BucketParts parts;
    private final BucketIndex index;
    private final EventFilter filter;
    private final Budget budget;
    private final long exactUsersLimit;

    /** The conditions on types that a bucket may have folded; views are never. */
    private final List<Condition> foldedTypes;

    Counting(
            RawEvents events,
            BucketParts parts,
            BucketIndex index,
            EventFilter filter,
            Budget budget,
            long exactUsersLimit) {
        this.events = events;
        this.parts = parts;
        this.index = index;
        this.filter = filter;
        this.budget = budget;
        this.exactUsersLimit = exactUsersLimit;
        this.foldedTypes = filter.on(Dimension.EVENT_TYPE).stream()
                .filter(condition -> !condition.isOf(Event.PAGE_VIEW))
                .toList();
    }

    ReportFigures count(List<Ask> asks, @Nullable QueueSnapshot snapshot) {
        budget.share().set(COUNT_BYTES * asks.size());
        List<RunningCount> counts = new ArrayList<>();
        for (Ask ask : asks) {
            Coverage coverage = index.cover(ask.interval(), head -> fits(head, ask.breakdown()));
            counts.add(new RunningCount(ask, coverage, budget));
        }
        Timeline timeline = new Timeline(counts);
        events.read(timeline, counts);
        boolean affordable = usersOf(counts.stream()) <= exactUsersLimit;
        List<Counted> counted = new ArrayList<>();
        for (RunningCount count : counts) {
            counted.add(counted(count, affordable));
            count.done();
        }
        return new ReportFigures(counted, Sources.of(counts, timeline.covered()), snapshot);
    }

    /** Whether a bucket has what is asked for. */
    private boolean fits(BucketHead head, @Nullable Breakdown breakdown) {
        return tellsTypes(head) && (breakdown == null || tells(head, breakdown));
    }

    private static boolean tells(BucketHead head, Breakdown breakdown) {
        Dimension dimension = breakdown.dimension();
        return dimension.isOfTime()
                ? TimeOfBucket.fits(head, dimension, breakdown.zone())
                : BucketHead.TOLD.contains(dimension) || Part.of(dimension) != null;
    }

    /** Whether a bucket counts the requested types separately: none of their events is folded into its {@code (other)}. */
    private boolean tellsTypes(BucketHead head) {
        return foldedTypes.isEmpty()
                || !has(head, Dimension.OTHER)
                || foldedTypes.stream()
                        .allMatch(condition ->
                                head.figures().stream().anyMatch(figures -> condition.isOf(figures.eventType())));
    }

    private static boolean has(BucketHead head, String type) {
        return head.figures().stream().anyMatch(figures -> figures.eventType().equals(type));
    }

    private boolean isAsked(TypeFigures figures) {
        return filter.accepts(Dimension.EVENT_TYPE, figures.eventType());
    }

    private Stream<TypeFigures> figures(RunningCount count) {
        return count.buckets().stream().flatMap(head -> head.figures().stream()).filter(this::isAsked);
    }

    private Counted counted(RunningCount count, boolean affordable) {
        long views =
                count.views() + figures(count).mapToLong(TypeFigures::views).sum();
        Ranking ranking = count.ask().breakdown() == null
                ? Counted.NO_RANKING
                : ranking(count, count.ask().breakdown(), views);
        if (!count.ask().users()) {
            return new Counted(views, 0, true, ranking);
        }
        TypeFigures told = headTells(count);
        if (told != null) {
            return new Counted(views, told.users(), true, ranking);
        }
        DistinctUsers users = users(count, affordable);
        return new Counted(views, users.count(), users.isExact(), ranking);
    }

    /** Returns the figures of the only bucket and type of a count without events; they have its exact users. Else null. */
    private @Nullable TypeFigures headTells(RunningCount count) {
        if (count.buckets().size() != 1
                || !count.raw().isEmpty()
                || isSketched(count.buckets().get(0))) {
            return null;
        }
        List<TypeFigures> asked = figures(count).toList();
        return asked.size() == 1 ? asked.get(0) : null;
    }

    /** Returns how many users must be read to count them one by one. */
    private long usersOf(Stream<RunningCount> counts) {
        return counts.filter(count -> count.ask().users() && headTells(count) == null)
                .flatMap(this::figures)
                .mapToLong(TypeFigures::users)
                .sum();
    }

    /** Adds users of buckets one by one if asked for or affordable, memory suffices and none is sketched. Else estimates all. */
    private DistinctUsers users(RunningCount count, boolean affordable) {
        DistinctUsers users = count.users();
        long bytes = 2 * Long.BYTES * usersOf(Stream.of(count)); // an upper bound: the set reserves twice its size
        boolean exact = (affordable || count.ask().exact())
                && bytes <= budget.left()
                && count.buckets().stream().noneMatch(Counting::isSketched);
        if (exact) {
            Budget.Share share = budget.share();
            share.set(bytes);
            parts.read(Part.USERS, count.buckets(), this::isAsked, (head, figures, block) -> users.addUsers(block));
            share.set(0);
            count.account();
        } else if (!count.buckets().isEmpty()) {
            users.estimate();
            count.account();
            parts.readSketches(count.buckets(), this::isAsked, users);
        }
        return users;
    }

    /** Whether a bucket had too many users to keep, and has only a sketch of them. */
    private static boolean isSketched(BucketHead head) {
        return head.folded().contains(Part.USERS);
    }

    private Ranking ranking(RunningCount count, Breakdown breakdown, long views) {
        TopRows rows = new TopRows(breakdown.page(), budget.share());
        Part part = Part.of(breakdown.dimension());
        if (part != null) {
            Rest rest = new Rest(breakdown.dimension(), views, rows);
            sum(count, part, rest);
            rest.offer();
        } else {
            count.buckets().forEach(head -> addFigures(count, head, breakdown));
            count.values().forEach(rows::offer);
        }
        return rows.ranking();
    }

    /** Adds the views that a bucket's head has for a breakdown by event type or by time. */
    private void addFigures(RunningCount count, BucketHead head, Breakdown breakdown) {
        head.figures().stream().filter(this::isAsked).forEach(figures -> {
            if (breakdown.dimension().isOfTime()) {
                TimeOfBucket.add(head, figures, breakdown, count);
            } else {
                count.add(figures.eventType(), figures.views());
            }
        });
    }

    /** Sums the views of each value over buckets and events. */
    private void sum(RunningCount count, Part part, CountsSum.Reader to) {
        Budget.Share share = budget.share();
        CountsSum sum = new CountsSum(share::set);
        sum.add(count.values());
        count.dropValues();
        parts.read(part, count.buckets(), this::isAsked, (head, figures, block) -> sum.add(head.bucket(), block));
        sum.forEach(to);
        share.set(0);
    }
}
