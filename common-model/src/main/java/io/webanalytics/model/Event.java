package io.webanalytics.model;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on a site, as its sender describes it. {@link EventField} defines its fields.
 *
 * @param timestamp when it happened, to the millisecond
 * @param eventId null where the sender gave none
 * @param attributes the attributes that are texts, as sent or cut; empty ones are left out
 * @param properties in the sender's order; each value is a String, Long, Double or Boolean
 */
public record Event(
        String siteId,
        String eventType,
        String path,
        String userId,
        Instant timestamp,
        @Nullable String eventId,
        Map<EventField, String> attributes,
        Map<String, Object> properties) {

    /** The type of the events that are counted as views. */
    public static final String PAGE_VIEW = "page_view";

    public Event {
        for (EventField field : attributes.keySet()) {
            if (!field.isAttribute() || field == EventField.PROPERTIES) {
                throw new IllegalArgumentException(field.word() + " is no attribute that is a text");
            }
        }
        attributes = attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(attributes));
        properties = properties.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** An event without attributes. */
    public Event(
            String siteId, String eventType, String path, String userId, Instant timestamp, @Nullable String eventId) {
        this(siteId, eventType, path, userId, timestamp, eventId, Map.of(), Map.of());
    }

    /** Returns this event with an attribute, or unchanged where the text is null. */
    public Event with(EventField attribute, @Nullable String text) {
        if (text == null) {
            return this;
        }
        Map<EventField, String> more = new EnumMap<>(EventField.class);
        more.putAll(attributes);
        more.put(attribute, text);
        return new Event(siteId, eventType, path, userId, timestamp, eventId, more, properties);
    }

    /** Returns this event with other properties. */
    public Event with(Map<String, Object> others) {
        return new Event(siteId, eventType, path, userId, timestamp, eventId, attributes, others);
    }

    /** Returns the text of a field; null where it has none, and for {@link EventField#PROPERTIES}. */
    public @Nullable String text(EventField field) {
        return switch (field) {
            case SITE_ID -> siteId;
            case EVENT_TYPE -> eventType;
            case PATH -> path;
            case USER_ID -> userId;
            case TIMESTAMP -> timestamp.toString();
            case EVENT_ID -> eventId;
            default -> attributes.get(field);
        };
    }
}
