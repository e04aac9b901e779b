package io.webanalytics.rollup;

import io.webanalytics.store.Dimension;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Views by value, such as by path. If they take too much room, the rarest values are folded into {@link Dimension#OTHER}: the
 * sum stays right, and no other value gains views.
 */
final class Counts {

    /** Approximate memory of a value besides its characters, in bytes. The stored form takes less. */
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

    /** Returns the approximate memory in bytes, which is never less than {@link CountsFormat} takes. */
    long bytes() {
        return bytes;
    }

    Map<String, Long> views() {
        return views;
    }

    /** Folds all values with at most so many views. */
    void fold(long rare) {
        long more = 0;
        for (Iterator<Map.Entry<String, Long>> entries = views.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<String, Long> entry = entries.next();
            if (entry.getValue() <= rare && !entry.getKey().equals(Dimension.OTHER)) {
                more += entry.getValue();
                bytes -= ENTRY_BYTES + utf8Length(entry.getKey());
                entries.remove();
            }
        }
        if (more > 0) {
            add(Dimension.OTHER, more);
        }
    }

    private static int utf8Length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3; // a surrogate pair takes four
        }
        return length;
    }
}
