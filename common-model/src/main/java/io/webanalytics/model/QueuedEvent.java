package io.webanalytics.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * An event that was received: what the queue holds and MongoDB stores.
 *
 * @param id the {@code _id} of its document, see {@link EventIds}
 * @param receivedAt when it was received, to the millisecond
 * @param event the event as sent
 */
public record QueuedEvent(UUID id, Instant receivedAt, Event event) {

    /**
     * The longest from the receipt of an event to its acknowledgement: what takes longer is not acknowledged, though it may
     * be queued. So whatever Redis took after an instant was received no earlier than so long before it, if its sender was
     * told that it is received.
     */
    public static final Duration LONGEST_PUSH = Duration.ofMillis(1_100);

    /** Gives an event its identity. */
    public static QueuedEvent receive(Event event, Instant now) {
        Instant receivedAt = now.truncatedTo(ChronoUnit.MILLIS);
        return new QueuedEvent(EventIds.idOf(event, receivedAt), receivedAt, event);
    }
}
