package io.webanalytics.rollup;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a bucket holds: a tally for each type of event. */
public final class BucketContent {

    private final Map<String, Tally> types = new TreeMap<>();

    /** More memory than this no bucket may take, in the process that builds it or in one that reads it. */
    private static final long MOST_BYTES = 48L << 20;

    /** Whether it takes more memory than a bucket may. What is asked often must be cheap: it is an estimate. */
    public boolean isTooLarge() {
        return types.values().stream().mapToLong(Tally::bytes).sum() > MOST_BYTES;
    }

    /** The tally of a type. */
    public Tally of(String eventType) {
        return types.computeIfAbsent(eventType, type -> new Tally());
    }

    /** The tallies by their types, in the types' order. */
    public Map<String, Tally> types() {
        return types;
    }

    public void addAll(BucketContent other) {
        other.types.forEach((type, tally) -> of(type).addAll(tally));
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
