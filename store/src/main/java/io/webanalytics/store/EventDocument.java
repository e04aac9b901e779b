package io.webanalytics.store;

import io.webanalytics.model.AddedFields;
import io.webanalytics.model.Event;
import io.webanalytics.model.EventField;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.Referrers;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonBinaryWriter;
import org.bson.RawBsonDocument;
import org.bson.io.BasicOutputBuffer;

/**
 * The document of an event. It is encoded once, before the insert. So an event that cannot be encoded fails alone, and a
 * retried batch is not encoded again.
 */
public final class EventDocument {

    private EventDocument() {}

    /** Encodes an event. */
    public static RawBsonDocument of(QueuedEvent queued) {
        Event event = queued.event();
        BasicOutputBuffer buffer = new BasicOutputBuffer(256);
        try (BsonBinaryWriter bson = new BsonBinaryWriter(buffer)) {
            bson.writeStartDocument();
            bson.writeBinaryData(AddedFields.ID, new BsonBinary(BsonBinarySubType.UUID_STANDARD, bytesOf(queued.id())));
            for (EventField field : EventField.ALL) {
                write(bson, field, event);
            }
            bson.writeDateTime(AddedFields.RECEIVED_AT, queued.receivedAt().toEpochMilli());
            bson.writeEndDocument();
        }
        return new RawBsonDocument(buffer.getInternalBuffer(), 0, buffer.getSize());
    }

    private static void write(BsonBinaryWriter bson, EventField field, Event event) {
        switch (field) {
            case TIMESTAMP -> bson.writeDateTime(field.word(), event.timestamp().toEpochMilli());
            case PROPERTIES -> {
                if (!event.properties().isEmpty()) {
                    bson.writeStartDocument(field.word());
                    event.properties().forEach((key, value) -> writeProperty(bson, key, value));
                    bson.writeEndDocument();
                }
            }
            default -> {
                String text = event.text(field);
                if (text != null) {
                    bson.writeString(field.word(), text);
                }
                if (text != null && field == EventField.REFERRER) {
                    bson.writeString(AddedFields.REFERRER_HOST, Referrers.hostOf(text));
                }
            }
        }
    }

    private static void writeProperty(BsonBinaryWriter bson, String key, Object value) {
        if (value instanceof Long number) {
            bson.writeInt64(key, number);
        } else if (value instanceof Double number) {
            bson.writeDouble(key, number);
        } else if (value instanceof Boolean bool) {
            bson.writeBoolean(key, bool);
        } else {
            bson.writeString(key, (String) value);
        }
    }

    private static byte[] bytesOf(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
