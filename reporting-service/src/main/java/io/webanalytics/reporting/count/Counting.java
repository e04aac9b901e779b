package io.webanalytics.reporting.count;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.model.Event;
import io.webanalytics.model.Referrers;
import io.webanalytics.reporting.count.BucketIndex.Coverage;
import io.webanalytics.rollup.BucketContent;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.Part;
import io.webanalytics.rollup.QueueSnapshot;
import io.webanalytics.rollup.Tally;
import io.webanalytics.rollup.TypeFigures;
import io.webanalytics.rollup.UserSet;
import io.webanalytics.rollup.UserSketch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The counting for one report: all of it from the same buckets, within one deadline. */
public final class Counting {

    private final MongoDatabase database;
    private final BucketParts parts;
    private final Scope scope;
    private final BucketIndex index;
    private final Deadline deadline;
    private final long exactUsersLimit;
    private final @Nullable QueueSnapshot snapshot;
    private final Sources sources = new Sources();

    Counting(
            MongoDatabase database,
            BucketParts parts,
            Scope scope,
            BucketIndex index,
            Deadline deadline,
            long exactUsersLimit,
            @Nullable QueueSnapshot snapshot) {
        this.database = database;
        this.parts = parts;
        this.scope = scope;
        this.index = index;
        this.deadline = deadline;
        this.exactUsersLimit = exactUsersLimit;
        this.snapshot = snapshot;
    }

    /** What is asked of every interval. */
    private record Question(
            boolean users, boolean exact, @Nullable Breakdown breakdown) {}

    /** What the queue held before anything was counted; null where nobody has said so yet. */
    public @Nullable QueueSnapshot snapshot() {
        return snapshot;
    }

    public Sources sources() {
        return sources;
    }

    /**
     * Counts the events and users of each interval.
     *
     * @param exact whether users are counted one by one, whatever that costs
     */
    public List<Counted> count(List<Interval> intervals, boolean exact) {
        List<Coverage> coverages = new ArrayList<>();
        intervals.forEach(interval -> coverages.add(cover(interval, this::tellsType)));
        Question question = new Question(true, exact || usersIn(coverages) <= exactUsersLimit, null);
        return coverages.stream().map(coverage -> count(coverage, question)).toList();
    }

    /** Counts the events and users of an interval, and breaks the events down by something that is not of the time. */
    public Counted count(Interval interval, boolean exact, Breakdown breakdown) {
        Coverage coverage = cover(interval, this::tellsType);
        boolean affordable = usersIn(List.of(coverage)) <= exactUsersLimit;
        return count(coverage, new Question(true, exact || affordable, breakdown));
    }

    /** Breaks the events of an interval down. */
    public Counted breakDown(Interval interval, Breakdown breakdown) {
        Dimension dimension = breakdown.dimension();
        Predicate<BucketHead> fits = head ->
                tellsType(head) && (!dimension.isOfTime() || TimeOfBucket.fits(head, dimension, breakdown.zone()));
        return count(cover(interval, fits), new Question(false, true, breakdown));
    }

    private Coverage cover(Interval interval, Predicate<BucketHead> fits) {
        Coverage coverage = index.cover(interval, fits);
        sources.add(coverage);
        return coverage;
    }

    /** What it would cost to count users one by one. */
    private long usersIn(List<Coverage> coverages) {
        return coverages.stream()
                .filter(coverage -> headTells(coverage) == null)
                .flatMap(coverage -> coverage.buckets().stream())
                .flatMap(head -> head.figures().stream())
                .filter(this::isAsked)
                .mapToLong(TypeFigures::users)
                .sum();
    }

    private Counted count(Coverage coverage, Question question) {
        RawEvents raw = new RawEvents(database, scope, coverage.raw(), deadline);
        if (coverage.buckets().isEmpty()) {
            return coverage.raw().isEmpty()
                    ? new Counted(0, 0, true, Counted.NO_RANKING)
                    : raw.count(question.users, question.breakdown);
        }
        deadline.leftMillis();
        Map<String, Long> values = new HashMap<>();
        UserSet users = new UserSet();
        long views = viewsIn(coverage);
        if (question.breakdown != null) {
            breakDown(coverage, question.breakdown, values, views);
        }
        TypeFigures told = headTells(coverage);
        if (!coverage.raw().isEmpty()) {
            views += raw.addTo(question.users ? users : null, question.breakdown, values);
        }
        Ranking ranking =
                question.breakdown == null ? Counted.NO_RANKING : Ranking.of(values, question.breakdown.page());
        if (!question.users) {
            return new Counted(views, 0, true, ranking);
        }
        if (told != null) {
            return new Counted(views, told.users(), true, ranking);
        }
        if (question.exact && coverage.buckets().stream().noneMatch(Counting::isSketched)) {
            Tally tally = new Tally();
            parts.addTo(tally, Part.USERS, coverage.buckets(), scope.eventType());
            users.addAll(tally.users());
            return new Counted(views, users.count(), true, ranking);
        }
        UserSketch sketch = new UserSketch();
        parts.addTo(sketch, coverage.buckets(), scope.eventType());
        users.addTo(sketch);
        return new Counted(views, sketch.estimate(), false, ranking);
    }

    private long viewsIn(Coverage coverage) {
        return coverage.buckets().stream().mapToLong(this::viewsOf).sum();
    }

    private long viewsOf(BucketHead head) {
        return head.figures().stream()
                .filter(this::isAsked)
                .mapToLong(TypeFigures::views)
                .sum();
    }

    private void breakDown(Coverage coverage, Breakdown breakdown, Map<String, Long> values, long views) {
        Tally tally = new Tally();
        switch (breakdown.dimension()) {
            case PATH -> {
                parts.addTo(tally, Part.PATHS, coverage.buckets(), scope.eventType());
                values.putAll(tally.paths());
            }
            case REFERRER -> {
                parts.addTo(tally, Part.REFERRERS, coverage.buckets(), scope.eventType());
                values.putAll(tally.referrers());
                long direct = views
                        - values.values().stream().mapToLong(Long::longValue).sum();
                if (direct > 0) {
                    values.put(Referrers.DIRECT, direct);
                }
            }
            case EVENT_TYPE ->
                coverage.buckets().stream()
                        .flatMap(head -> head.figures().stream())
                        .filter(this::isAsked)
                        .forEach(figures -> values.merge(figures.eventType(), figures.views(), Long::sum));
            case HOUR_OF_DAY, WEEKDAY ->
                coverage.buckets()
                        .forEach(head -> head.figures().stream()
                                .filter(this::isAsked)
                                .forEach(figures -> TimeOfBucket.add(head, figures, breakdown, values)));
        }
    }

    /** The figures of a bucket that is all there is, and has but one type of what is asked: its users were counted before. */
    private @Nullable TypeFigures headTells(Coverage coverage) {
        if (coverage.buckets().size() != 1
                || !coverage.raw().isEmpty()
                || isSketched(coverage.buckets().get(0))) {
            return null;
        }
        List<TypeFigures> asked = coverage.buckets().get(0).figures().stream()
                .filter(this::isAsked)
                .toList();
        return asked.size() == 1 ? asked.get(0) : null;
    }

    /** Whether the type that is asked for, if one is, is told apart from others. */
    private boolean tellsType(BucketHead head) {
        String type = scope.eventType();
        return type == null
                || type.equals(Event.PAGE_VIEW)
                || head.figures().stream()
                        .noneMatch(figures -> figures.eventType().equals(BucketContent.OTHER))
                || head.figures().stream().anyMatch(this::isAsked);
    }

    /** Whether its users were too many to be kept themselves. */
    private static boolean isSketched(BucketHead head) {
        return head.folded().contains(Part.USERS);
    }

    private boolean isAsked(TypeFigures figures) {
        return scope.eventType() == null || scope.eventType().equals(figures.eventType());
    }
}
