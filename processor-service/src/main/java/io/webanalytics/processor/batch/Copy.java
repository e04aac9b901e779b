package io.webanalytics.processor.batch;

import io.webanalytics.model.Event;
import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.queue.Claim.Element;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.store.EventDocument;
import java.time.Instant;
import java.util.UUID;
import org.bson.RawBsonDocument;

/**
 * One copy of an event: a sender that repeats an {@code event_id} makes copies, which may differ.
 *
 * @param hour the hour whose rollup counts it
 * @param element the element of the queue
 */
record Copy(UUID id, Instant receivedAt, Bucket hour, Element element, RawBsonDocument document) {

    /**
     * Reads an element.
     *
     * @throws InvalidEventException if it is not an event
     * @throws RuntimeException if it cannot be encoded
     */
    static Copy of(Element element) {
        QueuedEvent queued = QueuedEventFormat.decode(element.bytes());
        return new Copy(queued.id(), queued.receivedAt(), hourOf(queued.event()), element, EventDocument.of(queued));
    }

    /**
     * Returns the hour of an element that is not to be stored.
     *
     * @throws InvalidEventException if it is not an event
     */
    static Bucket hourOf(Element element) {
        return hourOf(QueuedEventFormat.decode(element.bytes()).event());
    }

    private static Bucket hourOf(Event event) {
        return Bucket.hour(event.siteId(), event.timestamp());
    }
}
