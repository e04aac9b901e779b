package io.webanalytics.model;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * The form of an event in the queue, version 1: one JSON object with the format version {@code v}, {@code _id},
 * {@code received_at} in milliseconds since 1970 (a number, for scripts that compare it), and the event's own fields. A
 * reader skips fields that a later version adds under the same {@code v}. An element:
 *
 * <pre>{@code
 * {"v":1,"_id":"019a798b-eec3-7d0e-9b1f-6a2c53e84f70","received_at":1762975805123,"site_id":"site-abc-123",
 *  "event_type":"page_view","path":"/pricing","user_id":"user-xyz-789","timestamp":"2025-11-12T19:30:01Z"}
 * }</pre>
 */
public final class QueuedEventFormat {

    /** Largest element in bytes. An event with every field at its largest is smaller. */
    public static final int MAX_BYTES = 128 * 1024;

    private static final int VERSION = 1;
    private static final String VERSION_FIELD = "v";

    /** Without a table of names: all events would share it, and senders choose the names of properties. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private QueuedEventFormat() {}

    /** Writes an element. */
    public static byte[] encode(QueuedEvent queued) {
        Event event = queued.event();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(384);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty(VERSION_FIELD, VERSION);
            json.writeStringProperty(AddedFields.ID, queued.id().toString());
            json.writeNumberProperty(
                    AddedFields.RECEIVED_AT, queued.receivedAt().toEpochMilli());
            for (EventField field : EventField.ALL) {
                writeIfGiven(json, field.word(), event.text(field));
            }
            if (!event.properties().isEmpty()) {
                PropertiesWriter.write(event.properties(), json);
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeIfGiven(JsonGenerator json, String field, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(field, value);
        }
    }

    /**
     * Reads an element.
     *
     * @throws InvalidEventException if {@link #encode} could not have written it
     */
    public static QueuedEvent decode(byte[] element) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), element)) {
            return read(parser);
        } catch (JacksonException | IllegalArgumentException e) {
            throw invalid(FieldError.BODY, "must be a JSON object written by the ingestion service");
        }
    }

    /** Returns when an element was received, or null where that cannot be read. Ignores what else is wrong with it. */
    public static @Nullable Instant receivedAtOf(byte[] element) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), element)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = parser.currentName().equals(AddedFields.RECEIVED_AT);
                parser.nextToken();
                if (found) {
                    return Instant.ofEpochMilli(parser.getLongValue());
                }
                parser.skipChildren();
            }
            return null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static QueuedEvent read(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw invalid(FieldError.BODY, "must be a JSON object");
        }
        EventBuilder event = new EventBuilder(Instant.MAX);
        int version = 0;
        UUID id = null;
        Instant receivedAt = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case VERSION_FIELD -> version = parser.getIntValue();
                case AddedFields.ID -> id = UUID.fromString(parser.getString());
                case AddedFields.RECEIVED_AT -> receivedAt = Instant.ofEpochMilli(parser.getLongValue());
                default -> {
                    if (!event.read(field, parser)) {
                        parser.skipChildren();
                    }
                }
            }
        }
        if (version != VERSION) {
            throw invalid(VERSION_FIELD, "must be " + VERSION);
        }
        return complete(id, receivedAt, event);
    }

    private static QueuedEvent complete(@Nullable UUID id, @Nullable Instant receivedAt, EventBuilder builder) {
        if (id == null) {
            builder.findings().reject(AddedFields.ID, EventRules.REQUIRED);
        }
        if (receivedAt == null) {
            builder.findings().reject(AddedFields.RECEIVED_AT, EventRules.REQUIRED);
        }
        Event event = builder.build();
        if (event == null || id == null || receivedAt == null) {
            throw InvalidEventException.element(builder.findings().errors());
        }
        return new QueuedEvent(id, receivedAt, event);
    }

    private static InvalidEventException invalid(String field, String rule) {
        return InvalidEventException.element(List.of(new FieldError(field, rule)));
    }
}
