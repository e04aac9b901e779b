package io.webanalytics.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on a site, as its sender describes it. {@link EventRules} says what each field may hold.
 *
 * @param siteId the site
 * @param eventType what happened; {@link #PAGE_VIEW} is a view
 * @param path where on the site, as sent
 * @param userId the visitor
 * @param timestamp when it happened, to the millisecond
 * @param eventId the sender's own key for this event; a retry repeats it and is counted once
 * @param referrer the page that the visitor came from, as sent or cut; null for a direct visit
 * @param sessionId the visit
 * @param properties what else the sender says, in its order; each value is a String, Long, Double or Boolean
 */
public record Event(
        String siteId,
        String eventType,
        String path,
        String userId,
        Instant timestamp,
        @Nullable String eventId,
        @Nullable String referrer,
        @Nullable String sessionId,
        Map<String, Object> properties) {

    /** The type of the events that are counted as views. */
    public static final String PAGE_VIEW = "page_view";

    public Event {
        properties = properties.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** An event without referrer, session and properties. */
    public Event(
            String siteId, String eventType, String path, String userId, Instant timestamp, @Nullable String eventId) {
        this(siteId, eventType, path, userId, timestamp, eventId, null, null, Map.of());
    }
}
