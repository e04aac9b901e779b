package io.webanalytics.rollup;

import io.webanalytics.model.Event;
import io.webanalytics.model.EventField;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.StoredEvent;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The content of a bucket: a tally for each type of event. Its size has {@link Bounds}, whatever is sent. Beyond them, the rarest
 * values (such as paths) and the types that come last are folded into {@link Dimension#OTHER}, and a sketch replaces the users.
 */
public final class BucketContent {

    /** The bounds are checked each time so many events were added. */
    private static final int LOOK_EVERY = 1_024;

    private final Map<String, Tally> types = new TreeMap<>();
    private final Set<Part> folded = EnumSet.noneOf(Part.class);
    private int added;

    /** Counts an event. */
    public void add(StoredEvent event) {
        of(event.required(EventField.EVENT_TYPE)).add(event);
        if (++added % LOOK_EVERY == 0) {
            fit();
        }
    }

    /**
     * Returns the tally of a type, or that of {@link Dimension#OTHER} types if there are too many. A type has all of its events
     * in its own tally, or none. Page views always have their own.
     */
    public Tally of(String eventType) {
        Tally known = types.get(eventType);
        if (known != null) {
            return known;
        }
        boolean room = types.size() < Bounds.TYPES_OF_BUCKET && !types.containsKey(Dimension.OTHER);
        String type = room || eventType.equals(Event.PAGE_VIEW) ? eventType : Dimension.OTHER;
        return put(type);
    }

    /** Returns the tally of a type as it is stored, and creates it if it is missing. */
    Tally put(String eventType) {
        return types.computeIfAbsent(eventType, created -> new Tally());
    }

    /** Returns the tallies by type, in the order of the types. */
    public Map<String, Tally> types() {
        return types;
    }

    public void addAll(BucketContent other) {
        boolean open = !types.containsKey(Dimension.OTHER);
        Tally others = other.types.get(Dimension.OTHER);
        if (others != null) {
            foldTypesBut(other.types.keySet()); // a type that is missing there may be in its OTHER
        }
        other.types.forEach((type, tally) -> {
            if (tally != others) {
                Tally own = others != null && open ? put(type) : of(type);
                own.addAll(tally);
            }
        });
        if (others != null) {
            put(Dimension.OTHER).addAll(others);
        }
        folded.addAll(other.folded);
        fit();
    }

    private void foldTypesBut(Collection<String> kept) {
        for (String type : new TreeSet<>(types.keySet())) {
            if (!kept.contains(type) && !type.equals(Event.PAGE_VIEW)) {
                Tally tally = types.remove(type);
                put(Dimension.OTHER).addAll(tally);
            }
        }
    }

    /** Returns the parts that lost detail because they exceeded their bounds. */
    Set<Part> folded() {
        return folded;
    }

    /** Records that parts lost detail. */
    void addFolded(Collection<Part> parts) {
        folded.addAll(parts);
    }

    /** Reduces the content to its bounds, if it exceeds them. */
    void fit() {
        Part.counted().forEach(this::fit);
        long users = types.values().stream()
                .mapToLong(tally -> tally.users().sizeWithRepeats())
                .sum();
        boolean sketched =
                types.values().stream().anyMatch(tally -> !tally.users().isExact());
        if (sketched || users > Bounds.USERS_OF_BUCKET && distinctUsers() > Bounds.USERS_OF_BUCKET) {
            types.values().forEach(tally -> tally.users().estimate());
            folded.add(Part.USERS);
        }
    }

    private long distinctUsers() {
        return types.values().stream().mapToLong(tally -> tally.users().count()).sum();
    }

    private void fit(Dimension dimension) {
        if (bytes(dimension) > Bounds.VALUE_BYTES_OF_BUCKET) {
            folded.add(Part.of(dimension));
            for (long rare = 1; bytes(dimension) > Bounds.VALUE_BYTES_OF_BUCKET * 3 / 4; rare *= 2) {
                for (Tally tally : types.values()) {
                    tally.counts(dimension).fold(rare);
                }
            }
        }
    }

    private long bytes(Dimension dimension) {
        return types.values().stream()
                .mapToLong(tally -> tally.counts(dimension).bytes())
                .sum();
    }

    /** Returns the figures for the bucket's head. */
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
