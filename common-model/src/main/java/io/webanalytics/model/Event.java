package io.webanalytics.model;

import java.time.Instant;
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
 */
public record Event(
        String siteId,
        String eventType,
        String path,
        String userId,
        Instant timestamp,
        @Nullable String eventId) {

    /** The type of the events that are counted as views. */
    public static final String PAGE_VIEW = "page_view";
}
