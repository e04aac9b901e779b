package io.webanalytics.rollup;

import com.mongodb.MongoClientSettings;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;

/**
 * A part as it is read from MongoDB. Its bytes are copied once; decoding into a {@code Document} would copy them three times.
 *
 * @param data empty if the document has none; no valid part is empty
 */
record StoredPart(String id, byte[] data) {

    static final CodecRegistry REGISTRY = CodecRegistries.fromRegistries(
            CodecRegistries.fromCodecs(new PartCodec()), MongoClientSettings.getDefaultCodecRegistry());

    private static final class PartCodec implements Codec<StoredPart> {

        @Override
        public StoredPart decode(BsonReader reader, DecoderContext context) {
            String id = "";
            byte[] data = {};
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                String name = reader.readName();
                BsonType type = reader.getCurrentBsonType();
                if (name.equals(BucketParts.ID) && type == BsonType.STRING) {
                    id = reader.readString();
                } else if (name.equals(BucketParts.DATA) && type == BsonType.BINARY) {
                    data = reader.readBinaryData().getData();
                } else {
                    reader.skipValue();
                }
            }
            reader.readEndDocument();
            return new StoredPart(id, data);
        }

        @Override
        public void encode(BsonWriter writer, StoredPart part, EncoderContext context) {
            throw new UnsupportedOperationException("parts are written as documents");
        }

        @Override
        public Class<StoredPart> getEncoderClass() {
            return StoredPart.class;
        }
    }
}
