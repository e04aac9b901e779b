package io.webanalytics.processor;

import io.webanalytics.model.Event;
import io.webanalytics.model.EventFields;
import io.webanalytics.model.QueuedEvent;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonBinaryWriter;
import org.bson.RawBsonDocument;
import org.bson.io.BasicOutputBuffer;

/**
 * The document of an event, encoded once: what cannot be encoded shows here, alone, and a batch that is retried is not
 * encoded again.
 */
final class EventDocument {

    private EventDocument() {}

    static RawBsonDocument of(QueuedEvent queued) {
        Event event = queued.event();
        BasicOutputBuffer buffer = new BasicOutputBuffer(256);
        try (BsonBinaryWriter bson = new BsonBinaryWriter(buffer)) {
            bson.writeStartDocument();
            bson.writeBinaryData(EventFields.ID, new BsonBinary(BsonBinarySubType.UUID_STANDARD, bytesOf(queued.id())));
            bson.writeString(EventFields.SITE_ID, event.siteId());
            bson.writeString(EventFields.EVENT_TYPE, event.eventType());
            bson.writeString(EventFields.PATH, event.path());
            bson.writeString(EventFields.USER_ID, event.userId());
            bson.writeDateTime(EventFields.TIMESTAMP, event.timestamp().toEpochMilli());
            if (event.eventId() != null) {
                bson.writeString(EventFields.EVENT_ID, event.eventId());
            }
            bson.writeDateTime(EventFields.RECEIVED_AT, queued.receivedAt().toEpochMilli());
            bson.writeEndDocument();
        }
        return new RawBsonDocument(buffer.getInternalBuffer(), 0, buffer.getSize());
    }

    private static byte[] bytesOf(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
