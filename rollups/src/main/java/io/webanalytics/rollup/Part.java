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
 * A part of a bucket's content, stored as a document of its own, so that a report reads what it needs and nothing else. A
 * part has a block for each type of event, in the order of the head's figures, with its length before it.
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
    /** A sketch of the distinct users, where that is smaller than they are: {@link UserSketch}. Always, where there are no users. */
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
    /** Views of each path. */
    PATHS(Dimension.PATH),
    /** Views from each referrer's host. Those without one are not counted. */
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

    /** @param dimension whose values it counts the views of, in the form of {@link CountsFormat} */
    Part(@Nullable Dimension dimension) {
        this.dimension = dimension;
    }

    /** The dimensions whose values have a part that counts them. */
    public static Set<Dimension> counted() {
        return Collections.unmodifiableSet(COUNTS.keySet());
    }

    /** The part that counts the values of a dimension; null where none does. */
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

    /** Null for a word of another release. */
    static @Nullable Part of(String word) {
        return Arrays.stream(values())
                .filter(part -> part.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    /** The whole part, empty where every block is. */
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

    /** The block at that place of an encoded part. */
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
