package io.webanalytics.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * An event that was received, as the queue and MongoDB have it.
 *
 * @param id the {@code _id} of its document, see {@link EventIds}
 * @param receivedAt when it was received, to the millisecond
 * @param event the event as sent
 */
public record QueuedEvent(UUID id, Instant receivedAt, Event event) {

    /**
     * The longest time from the receipt of an event to its acknowledgement. An event that takes longer is not
     * acknowledged, though it may be queued. So an acknowledged event that was pushed to Redis after an instant was
     * received at most this long before that instant.
     */
    public static final Duration LONGEST_PUSH = Duration.ofMillis(1_100);

    /** Gives an event its id and its time of receipt. */
    public static QueuedEvent receive(Event event, Instant now) {
        Instant receivedAt = now.truncatedTo(ChronoUnit.MILLIS);
        return new QueuedEvent(EventIds.idOf(event, receivedAt), receivedAt, event);
    }
}
