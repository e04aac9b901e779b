package io.webanalytics.rollup.build;

import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketContent;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.Built;
import io.webanalytics.rollup.DirtyHours;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds days from their hours, up to the first hour that is not over or not built. So the current day has a bucket too, which
 * grows every hour.
 */
final class DayBuilder {

    /** The number of days that are built together. */
    private static final int SLICE = 50;

    private final DirtyHours dirty;
    private final BucketHeads heads;
    private final BucketParts parts;
    private final EventReader events;

    DayBuilder(DirtyHours dirty, BucketHeads heads, BucketParts parts, EventReader events) {
        this.dirty = dirty;
        this.heads = heads;
        this.parts = parts;
        this.events = events;
    }

    /**
     * Builds the days whose hours are no longer those that they were built from. Hours with events but no head are marked.
     *
     * @param over only hours that ended before this instant of MongoDB's clock count
     * @param failed called with each day that cannot be built, and the cause
     * @return the number of days that have new content
     */
    int build(Collection<Bucket> days, Instant over, BiConsumer<Bucket, RuntimeException> failed) {
        List<Bucket> sorted = days.stream().sorted(Bucket.ORDER).toList();
        Set<Bucket> built = new HashSet<>();
        for (int from = 0; from < sorted.size(); from += SLICE) {
            List<Bucket> slice = sorted.subList(from, Math.min(from + SLICE, sorted.size()));
            Neighbours.forAll(slice, some -> built.addAll(new Slice(some, over).build()), failed);
        }
        return built.size();
    }

    private final class Slice {

        private final List<Bucket> days;
        private final Instant over;
        private final Map<Bucket, BucketHead> known = new HashMap<>();
        private final Set<Bucket> forgotten;

        Slice(List<Bucket> days, Instant over) {
            this.days = days;
            this.over = over;
            heads.find(days).forEach(head -> known.put(head.bucket(), head));
            heads.find(days.stream().flatMap(Bucket::hours).toList()).forEach(head -> known.put(head.bucket(), head));
            List<Bucket> unknown = days.stream()
                    .flatMap(Bucket::hours)
                    .filter(hour -> isOver(hour)
                            && !known.containsKey(hour)
                            && !dayHead(hour.day()).saysEmpty(hour))
                    .toList();
            forgotten = events.withEvents(unknown);
            dirty.mark(forgotten);
        }

        /** Returns the days that have new content. */
        Set<Bucket> build() {
            BucketWriter writer = new BucketWriter(heads, parts);
            Set<Bucket> built = new HashSet<>();
            for (Bucket day : days) {
                Built next = build(day);
                if (next != null) {
                    writer.add(next);
                }
                if (writer.isFull()) {
                    built.addAll(write(writer));
                }
            }
            built.addAll(write(writer));
            return built;
        }

        private Set<Bucket> write(BucketWriter writer) {
            List<Bucket> empty = new ArrayList<>();
            for (Built day : writer.pending()) {
                day.bucket()
                        .hours()
                        .filter(hour -> BucketHead.saysEmpty(day.hours(), hour))
                        .forEach(empty::add);
            }
            Set<Bucket> built = writer.write();
            heads.denyEmpty(empty);
            return built;
        }

        /** Returns null if there is nothing to build, or the day cannot be built now. */
        private @Nullable Built build(Bucket day) {
            BucketHead before = dayHead(day);
            List<String> builds = builds(day);
            boolean isNew = before.build() == null;
            if (before.hours().equals(builds) || isNew && builds.stream().allMatch(BucketHead.EMPTY::equals)) {
                return null;
            }
            List<BucketHead> added = new ArrayList<>();
            int from = 0;
            if (startsWith(before, builds)) {
                added.add(before);
                from = before.hours().size();
            }
            day.hours()
                    .limit(builds.size())
                    .skip(from)
                    .filter(known::containsKey)
                    .forEach(hour -> added.add(known.get(hour)));
            BucketContent content = content(added);
            return content == null ? null : Built.of(before, content, builds);
        }

        /** Returns the builds of the hours up to the first that is not over or not usable. */
        private List<String> builds(Bucket day) {
            List<String> builds = new ArrayList<>();
            for (Bucket hour : day.hours().filter(this::isOver).toList()) {
                BucketHead head = known.get(hour);
                if (head == null ? forgotten.contains(hour) : !head.isUsable()) {
                    break;
                }
                builds.add(head == null || head.build() == null ? BucketHead.EMPTY : head.build());
            }
            return builds;
        }

        private boolean isOver(Bucket hour) {
            return hour.end().isBefore(over);
        }

        private BucketHead dayHead(Bucket day) {
            return known.getOrDefault(day, BucketHead.none(day));
        }
    }

    /** Whether a day already contains the first of these hours, so that only the rest has to be added. */
    private static boolean startsWith(BucketHead day, List<String> builds) {
        int size = day.hours().size();
        return day.isUsable() && size < builds.size() && builds.subList(0, size).equals(day.hours());
    }

    /** Returns null if a bucket cannot be read, or was rebuilt meanwhile: then the other builder builds the day next. */
    private @Nullable BucketContent content(List<BucketHead> buckets) {
        BucketContent content = new BucketContent();
        parts.readAhead(buckets);
        try {
            buckets.forEach(bucket -> content.addAll(parts.content(bucket)));
            return content;
        } catch (BucketParts.GoneException e) {
            return null;
        } catch (BucketParts.BrokenException e) {
            buildAgain(e.bucket());
            return null;
        }
    }

    private void buildAgain(Bucket bucket) {
        if (bucket.unit() == Bucket.Unit.HOUR) {
            dirty.mark(List.of(bucket));
        } else {
            heads.drop(List.of(bucket));
        }
    }
}
