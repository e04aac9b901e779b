package io.webanalytics.store;

import io.webanalytics.model.EventField;
import java.time.Instant;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is read from MongoDB, with the requested fields only.
 *
 * @param document as {@link EventDocument} writes it
 */
public record StoredEvent(Document document) {

    /** Returns when the event happened. */
    public Instant timestamp() {
        return document.getDate(EventField.TIMESTAMP.word()).toInstant();
    }

    /** Returns when the event happened, in ms since 1970. */
    public long epochMillis() {
        return document.getDate(EventField.TIMESTAMP.word()).getTime();
    }

    /** Returns the text of a field; null if it has none. */
    public @Nullable String text(EventField field) {
        return text(field.word());
    }

    /**
     * Returns the text of a field that every event has.
     *
     * @throws IllegalArgumentException if this one does not: somebody has changed it
     */
    public String required(EventField field) {
        String text = text(field);
        if (text == null) {
            throw new IllegalArgumentException("an event has no " + field.word());
        }
        return text;
    }

    /**
     * Returns the text of a field by its name in the collection; null if it has none.
     *
     * @throws ClassCastException if it has something else: somebody has changed it
     */
    @Nullable
    String text(String field) {
        return document.getString(field);
    }
}
