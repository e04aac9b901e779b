package io.webanalytics.store;

import com.mongodb.MongoClientSettings;
import io.webanalytics.model.EventField;
import io.webanalytics.model.EventFields;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** An event as it is read from MongoDB, with the requested fields only. A field of an unexpected type is left out. */
public final class StoredEvent {

    static final CodecRegistry CODECS = CodecRegistries.fromRegistries(
            CodecRegistries.fromCodecs(new Decoder()), MongoClientSettings.getDefaultCodecRegistry());

    private static final Map<String, Integer> PLACES = places();

    private final @Nullable String[] texts = new String[PLACES.size()];
    private long timestamp;

    private StoredEvent() {}

    /** Returns an event with these texts, by the names of their fields. */
    public static StoredEvent of(Instant timestamp, Map<String, String> texts) {
        StoredEvent event = new StoredEvent();
        event.timestamp = timestamp.toEpochMilli();
        texts.forEach((field, text) -> event.texts[PLACES.get(field)] = text);
        return event;
    }

    private static Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        Arrays.stream(EventField.values()).forEach(field -> places.put(field.word(), places.size()));
        places.put(EventFields.REFERRER_HOST, places.size());
        return places;
    }

    /** Returns when the event happened. */
    public Instant timestamp() {
        return Instant.ofEpochMilli(timestamp);
    }

    /** Returns when the event happened, in ms since 1970. */
    public long epochMillis() {
        return timestamp;
    }

    /** Returns the text of a field; null if it has none. */
    public @Nullable String text(EventField field) {
        return text(field.word());
    }

    /**
     * Returns the text of a field that every event has.
     *
     * @throws IllegalArgumentException if this event lacks it: it was edited by hand
     */
    public String required(EventField field) {
        String text = text(field);
        if (text == null) {
            throw new IllegalArgumentException("an event has no " + field.word());
        }
        return text;
    }

    /** Returns the text of a field by its name in the collection; null if it has none. */
    @Nullable
    String text(String field) {
        return texts[PLACES.get(field)];
    }

    private static final class Decoder implements Codec<StoredEvent> {

        @Override
        public StoredEvent decode(BsonReader reader, DecoderContext context) {
            StoredEvent event = new StoredEvent();
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                String name = reader.readName();
                BsonType type = reader.getCurrentBsonType();
                Integer place = PLACES.get(name);
                if (type == BsonType.STRING && place != null) {
                    event.texts[place] = reader.readString();
                } else if (type == BsonType.DATE_TIME && name.equals(EventField.TIMESTAMP.word())) {
                    event.timestamp = reader.readDateTime();
                } else {
                    reader.skipValue();
                }
            }
            reader.readEndDocument();
            return event;
        }

        @Override
        public void encode(BsonWriter writer, StoredEvent event, EncoderContext context) {
            throw new UnsupportedOperationException("events are written as they are queued: see EventDocument");
        }

        @Override
        public Class<StoredEvent> getEncoderClass() {
            return StoredEvent.class;
        }
    }
}
