package io.webanalytics.rollup;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads a block of {@link CountsFormat}, value by value. */
final class CountsCursor implements Comparable<CountsCursor> {

    private final ByteBuffer block;
    private byte[] value = new byte[256];
    private int length;
    private long views;

    CountsCursor(ByteBuffer block) {
        this.block = block;
    }

    /**
     * Moves to the next value. The first call moves to the first one.
     *
     * @return false if there is none
     * @throws RuntimeException if the block is malformed
     */
    boolean next() {
        if (!block.hasRemaining()) {
            return false;
        }
        int shared = (int) CountsFormat.readNumber(block);
        int rest = (int) CountsFormat.readNumber(block);
        if (shared > length || rest > block.remaining()) {
            throw new IllegalArgumentException("a value of " + shared + " and " + rest + " bytes");
        }
        if (shared + rest > value.length) {
            value = Arrays.copyOf(value, Math.max(shared + rest, 2 * value.length));
        }
        block.get(value, shared, rest);
        length = shared + rest;
        views = CountsFormat.readNumber(block);
        return true;
    }

    /** Returns the current value in UTF-8: the first {@link #length} bytes, until the next call of {@link #next}. */
    byte[] value() {
        return value;
    }

    int length() {
        return length;
    }

    long views() {
        return views;
    }

    /** Compares the current values by their bytes, which is code point order. */
    @Override
    public int compareTo(CountsCursor other) {
        return Arrays.compareUnsigned(value, 0, length, other.value, 0, other.length);
    }
}
