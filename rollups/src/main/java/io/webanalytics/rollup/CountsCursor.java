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
     * Goes to the next value, or to the first.
     *
     * @return false where there is none
     * @throws RuntimeException if the block is not in the form in which it was written
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

    /** The present value in UTF-8: its first {@link #length} bytes, until the next. */
    byte[] value() {
        return value;
    }

    int length() {
        return length;
    }

    long views() {
        return views;
    }

    /** By the bytes of the values, which is the order of their code points. */
    @Override
    public int compareTo(CountsCursor other) {
        return Arrays.compareUnsigned(value, 0, length, other.value, 0, other.length);
    }
}
