package io.webanalytics.rollup;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Distinct users, each as the 64-bit XXH3 hash of its {@code user_id}. Two of n users have the same hash with a probability
 * below n² / 2⁶⁵: one in a billion for 200,000 users. The count is then one too low.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">The definition of XXH3</a>
 */
final class UserSet {

    private static final Hasher64 HASHER = Hashing.xxh3_64();
    private static final int SMALLEST = 8;

    private static final long[] NONE = {};

    private long[] hashes = NONE;
    private int size;
    private int sorted;

    /** Returns the hash that stands for a user. */
    static long hash(String userId) {
        return HASHER.hashCharsToLong(userId);
    }

    void add(long hash) {
        makeRoom(1);
        hashes[size++] = hash;
    }

    void addAll(UserSet other) {
        other.settle();
        makeRoom(other.size);
        System.arraycopy(other.hashes, 0, hashes, size, other.size);
        size += other.size;
    }

    long bytes() {
        return (long) hashes.length * Long.BYTES;
    }

    /** Returns the number of hashes, repeated ones included, which takes no sorting. */
    int sizeWithRepeats() {
        return size;
    }

    /** Returns the number of distinct hashes. */
    int count() {
        settle();
        return size;
    }

    /** Returns the hashes in ascending order, 8 bytes each. */
    byte[] encode() {
        settle();
        ByteBuffer bytes = ByteBuffer.allocate(size * Long.BYTES);
        bytes.asLongBuffer().put(hashes, 0, size);
        return bytes.array();
    }

    /** Adds what {@link #encode} wrote. */
    void decode(ByteBuffer encoded) {
        if (encoded.remaining() % Long.BYTES != 0) {
            throw new IllegalArgumentException(encoded.remaining() + " bytes are no hashes");
        }
        int count = encoded.remaining() / Long.BYTES;
        makeRoom(count);
        encoded.asLongBuffer().get(hashes, size, count);
        size += count;
    }

    void addTo(UserSketch sketch) {
        settle();
        for (int i = 0; i < size; i++) {
            sketch.add(hashes[i]);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserSet set && Arrays.equals(encode(), set.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    private void makeRoom(int more) {
        if (size + more <= hashes.length) {
            return;
        }
        settle();
        if (size + more > hashes.length / 2) { // so that sorting stays rare
            hashes = Arrays.copyOf(hashes, Math.max(SMALLEST, Math.addExact(size, more) * 2));
        }
    }

    /** Sorts the hashes and removes duplicates. */
    private void settle() {
        if (sorted == size) {
            return;
        }
        Arrays.sort(hashes, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[kept++] = hashes[i];
            }
        }
        size = kept;
        sorted = kept;
    }
}
