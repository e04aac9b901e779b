package io.webanalytics.rollup;

import io.webanalytics.model.Event;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket holds: a tally for each type of event. It has bounds, whatever is sent: beyond them the rarest paths and
 * referrers, and types that come late, are folded into {@link #OTHER}, and of the users a sketch is kept.
 */
public final class BucketContent {

    /** Stands for all values, or types, that are not told apart. No path, host or type is written so. */
    public static final String OTHER = "(other)";

    /** More types make a head that costs every report more than it saves. */
    private static final int MOST_TYPES = 100;

    /** Most bytes of all paths, and of all referrers: less than a document of MongoDB holds. */
    private static final long MOST_BYTES = 12 << 20;

    /** Most users that are kept themselves: 12 MB of them. */
    private static final int MOST_USERS = 1_500_000;

    /** The bounds are looked at once in so many events. */
    private static final int LOOK_EVERY = 1_024;

    private final Map<String, Tally> types = new TreeMap<>();
    private final Set<Part> folded = EnumSet.noneOf(Part.class);
    private int added;

    /** Counts an event. The parameters are those of {@link Tally#add}. */
    public void add(String eventType, Instant timestamp, String path, String userId, @Nullable String referrer) {
        of(eventType).add(timestamp, path, userId, referrer);
        if (++added % LOOK_EVERY == 0) {
            fit();
        }
    }

    /**
     * The tally of a type, or that of {@link #OTHER} types where there are too many. A type has all its events in a tally of
     * its own, or none. Views always have one.
     */
    public Tally of(String eventType) {
        Tally known = types.get(eventType);
        if (known != null) {
            return known;
        }
        boolean room = types.size() < MOST_TYPES && !types.containsKey(OTHER);
        String type = room || eventType.equals(Event.PAGE_VIEW) ? eventType : OTHER;
        return put(type);
    }

    /** The tally of a type as it is stored. */
    Tally put(String eventType) {
        return types.computeIfAbsent(eventType, created -> new Tally());
    }

    /** The tallies by their types, in the types' order. */
    public Map<String, Tally> types() {
        return types;
    }

    public void addAll(BucketContent other) {
        boolean open = !types.containsKey(OTHER);
        Tally others = other.types.get(OTHER);
        if (others != null) {
            foldTypesBut(other.types.keySet()); // what is missing there may be among its others
        }
        other.types.forEach((type, tally) -> {
            if (tally != others) {
                Tally own = others != null && open ? put(type) : of(type);
                own.addAll(tally);
            }
        });
        if (others != null) {
            put(OTHER).addAll(others);
        }
        folded.addAll(other.folded);
        fit();
    }

    private void foldTypesBut(Collection<String> kept) {
        for (String type : new TreeSet<>(types.keySet())) {
            if (!kept.contains(type) && !type.equals(Event.PAGE_VIEW)) {
                Tally tally = types.remove(type);
                put(OTHER).addAll(tally);
            }
        }
    }

    /** Which parts tell less than there was, because that was too much. */
    Set<Part> folded() {
        return folded;
    }

    /** Says of a part that it tells less than there was. */
    void addFolded(Collection<Part> parts) {
        folded.addAll(parts);
    }

    /** Makes it fit, where it has outgrown its bounds. */
    void fit() {
        fit(Part.PATHS, Tally::pathCounts);
        fit(Part.REFERRERS, Tally::referrerCounts);
        long users = types.values().stream()
                .mapToLong(tally -> tally.users().sizeWithRepeats())
                .sum();
        boolean sketched =
                types.values().stream().anyMatch(tally -> !tally.users().isExact());
        if (sketched || users > MOST_USERS && distinctUsers() > MOST_USERS) {
            types.values().forEach(tally -> tally.users().estimate());
            folded.add(Part.USERS);
        }
    }

    private long distinctUsers() {
        return types.values().stream().mapToLong(tally -> tally.users().count()).sum();
    }

    private void fit(Part part, Function<Tally, Counts> counts) {
        if (bytes(counts) > MOST_BYTES) {
            folded.add(part);
            for (long rare = 1; bytes(counts) > MOST_BYTES * 3 / 4; rare *= 2) {
                for (Tally tally : types.values()) {
                    counts.apply(tally).fold(rare);
                }
            }
        }
    }

    private long bytes(Function<Tally, Counts> counts) {
        return types.values().stream().map(counts).mapToLong(Counts::bytes).sum();
    }

    /** The figures that stand in the bucket's head. */
    List<TypeFigures> figures(Bucket.Unit unit) {
        return types.entrySet().stream()
                .map(entry -> new TypeFigures(
                        entry.getKey(),
                        entry.getValue().views(),
                        entry.getValue().users().count(),
                        unit == Bucket.Unit.HOUR ? entry.getValue().quarters() : List.of()))
                .toList();
    }
}
