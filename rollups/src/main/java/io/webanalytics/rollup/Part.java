package io.webanalytics.rollup;

import io.webanalytics.store.Dimension;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a bucket's content, stored as a document of its own, so that a report reads only what it needs. A part has one
 * block for each type of event, in the order of the head's figures. Each block is preceded by its length.
 */
public enum Part {
    /** The distinct users: {@link UserSet}. */
    USERS {
        @Override
        byte[] block(Tally tally) {
            return tally.users().encodeUsers();
        }

        @Override
        void read(ByteBuffer block, Tally into) {
            into.users().addUsers(block);
        }
    },
    /** A sketch of the distinct users: {@link UserSketch}. It exists if it is smaller than {@link #USERS}, or replaces them. */
    SKETCH {
        @Override
        byte[] block(Tally tally) {
            return tally.users().encodeSketch();
        }

        @Override
        void read(ByteBuffer block, Tally into) {
            into.users().addSketch(block);
        }
    },
    /** Views by path. */
    PATHS(Dimension.PATH),
    /** Views by the referrer's host. Views without one are not counted. */
    REFERRERS(Dimension.REFERRER);

    private static final byte[] NOTHING = {};

    private static final Map<Dimension, Part> COUNTS = new EnumMap<>(Dimension.class);

    static {
        for (Part part : values()) {
            if (part.dimension != null) {
                COUNTS.put(part.dimension, part);
            }
        }
    }

    private final @Nullable Dimension dimension;

    Part() {
        this(null);
    }

    /** @param dimension the dimension by whose values the part counts views, in the form of {@link CountsFormat} */
    Part(@Nullable Dimension dimension) {
        this.dimension = dimension;
    }

    /** Returns the dimensions by whose values a part counts views. */
    public static Set<Dimension> counted() {
        return Collections.unmodifiableSet(COUNTS.keySet());
    }

    /** Returns the part that counts views by the values of a dimension; null if none does. */
    public static @Nullable Part of(Dimension dimension) {
        return COUNTS.get(dimension);
    }

    byte[] block(Tally tally) {
        return CountsFormat.encode(tally.counts(dimension).views());
    }

    void read(ByteBuffer block, Tally into) {
        CountsFormat.decode(block, into.counts(dimension)::add);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns null for a word of another release. */
    static @Nullable Part of(String word) {
        return Arrays.stream(values())
                .filter(part -> part.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    /** Encodes the whole part; empty if every block is. */
    byte[] encode(BucketContent content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean empty = true;
        for (Tally tally : content.types().values()) {
            byte[] block = block(tally);
            empty &= block.length == 0;
            CountsFormat.writeNumber(out, block.length);
            out.writeBytes(block);
        }
        return empty ? NOTHING : out.toByteArray();
    }

    /** Returns the block at an index of an encoded part. */
    static ByteBuffer blockAt(byte[] encoded, int place) {
        ByteBuffer rest = ByteBuffer.wrap(encoded);
        for (int i = 0; ; i++) {
            int length = (int) CountsFormat.readNumber(rest);
            if (i == place) {
                return rest.slice(rest.position(), length);
            }
            rest.position(rest.position() + length);
        }
    }
}
