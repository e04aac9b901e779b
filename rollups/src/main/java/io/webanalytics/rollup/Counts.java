package io.webanalytics.rollup;

import io.webanalytics.store.Dimension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Views of each of some values, such as paths. Where they take too much room the rarest are folded into {@link
 * Dimension#OTHER}: the sum stays right, and no value has more views than it had.
 */
final class Counts {

    /** What a value takes besides its characters, about, in memory; less where it is stored. */
    private static final int ENTRY_BYTES = 48;

    private final Map<String, Long> views = new HashMap<>();
    private long bytes;

    void add(String value, long more) {
        int before = views.size();
        views.merge(value, more, Long::sum);
        if (views.size() > before) {
            bytes += ENTRY_BYTES + utf8Length(value);
        }
    }

    void addAll(Counts other) {
        other.views.forEach(this::add);
    }

    /** About how much room it takes: never less than {@link CountsFormat} does. */
    long bytes() {
        return bytes;
    }

    Map<String, Long> views() {
        return views;
    }

    /** Folds all values that have so many views at most. */
    void fold(long rare) {
        List<String> folded = views.entrySet().stream()
                .filter(entry -> entry.getValue() <= rare && !entry.getKey().equals(Dimension.OTHER))
                .map(Map.Entry::getKey)
                .toList();
        long more = 0;
        for (String value : folded) {
            more += views.remove(value);
            bytes -= ENTRY_BYTES + utf8Length(value);
        }
        if (more > 0) {
            add(Dimension.OTHER, more);
        }
    }

    private static int utf8Length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3; // a pair of surrogates is four
        }
        return length;
    }
}
