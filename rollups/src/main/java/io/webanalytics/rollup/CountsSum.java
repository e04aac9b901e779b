package io.webanalytics.rollup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up views by value over any number of buckets, without a map of all values. Each block is sorted by value, so one merge
 * of all blocks adds them up. When the blocks take too much memory they are merged early.
 */
public final class CountsSum {

    /** Blocks are merged when they exceed this many bytes plus twice the size that the last merge left. */
    private static final long MERGED_AT = 8 << 20;

    /** Approximate bytes of a block that is written here. A growing array takes twice as much, so blocks stay small. */
    private static final int PIECE = 1 << 20;

    private final LongConsumer memory;
    private List<Block> blocks = new ArrayList<>();
    private long bytes;
    private long mergedBytes;

    /** @param bucket the bucket that the block was read from; null if it was made here */
    private record Block(@Nullable Bucket bucket, ByteBuffer bytes) {}

    /** Receives each value and its views. */
    @FunctionalInterface
    public interface Reader {

        /** @param value in UTF-8, in the first {@code length} bytes, and only during the call */
        void accept(byte[] value, int length, long views);
    }

    /** @param memory called with the bytes that will be in use, before they are; if it throws, nothing is added */
    public CountsSum(LongConsumer memory) {
        this.memory = memory;
    }

    /**
     * Adds a copy of a block of a part that {@link Part#counted counts} values.
     *
     * @param bucket the bucket of the block
     * @throws BucketParts.BrokenException if an earlier block cannot be decoded
     */
    public void add(Bucket bucket, ByteBuffer block) {
        memory.accept(bytes + block.remaining());
        ByteBuffer copy = ByteBuffer.allocate(block.remaining()); // a slice would keep the whole part in memory
        blocks.add(new Block(bucket, copy.put(block.duplicate()).flip()));
        bytes += copy.capacity();
        if (bytes > MERGED_AT + 2 * mergedBytes) {
            merge();
        }
    }

    /** Adds views that were counted elsewhere. */
    public void add(Map<String, Long> views) {
        Pieces pieces = new Pieces();
        views.keySet().stream().sorted(CodePointOrder.ASCENDING).forEach(value -> {
            byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
            pieces.accept(encoded, encoded.length, views.get(value));
        });
        pieces.end();
        blocks.addAll(pieces.blocks);
        bytes += pieces.length;
    }

    private void merge() {
        Pieces pieces = new Pieces();
        forEach(pieces);
        pieces.end();
        blocks = pieces.blocks;
        bytes = pieces.length;
        mergedBytes = bytes;
        memory.accept(bytes);
    }

    /**
     * Passes on every value once, in code point order.
     *
     * @throws BucketParts.BrokenException if a block cannot be decoded
     */
    public void forEach(Reader reader) {
        PriorityQueue<Stream> streams = new PriorityQueue<>(blocks.size() + 1);
        blocks.stream().map(Stream::new).filter(Stream::next).forEach(streams::add);
        byte[] value = new byte[256];
        while (!streams.isEmpty()) {
            CountsCursor first = streams.peek().cursor;
            int length = first.length();
            value = length > value.length ? new byte[2 * length] : value;
            System.arraycopy(first.value(), 0, value, 0, length);
            reader.accept(value, length, sum(value, length, streams));
        }
    }

    /** Returns the views of the smallest value, and moves every stream past it. */
    private static long sum(byte[] value, int length, PriorityQueue<Stream> streams) {
        long views = 0;
        for (Stream first = streams.peek(); first != null && first.isAt(value, length); first = streams.peek()) {
            views += first.cursor.views();
            streams.poll();
            if (first.next()) {
                streams.add(first);
            }
        }
        return views;
    }

    /** Writes values, which come in order, into blocks. */
    private final class Pieces implements Reader {

        private final List<Block> blocks = new ArrayList<>();
        private long length;
        private CountsFormat.Writer writer = new CountsFormat.Writer();

        @Override
        public void accept(byte[] value, int valueLength, long views) {
            writer.add(value, valueLength, views);
            if (writer.length() > PIECE) {
                end();
            }
        }

        void end() {
            length += writer.length();
            memory.accept(bytes + length);
            blocks.add(new Block(null, ByteBuffer.wrap(writer.bytes())));
            writer = new CountsFormat.Writer();
        }
    }

    private static final class Stream implements Comparable<Stream> {

        private final @Nullable Bucket bucket;
        private final CountsCursor cursor;

        Stream(Block block) {
            bucket = block.bucket;
            cursor = new CountsCursor(block.bytes.duplicate());
        }

        boolean next() {
            try {
                return cursor.next();
            } catch (RuntimeException e) {
                throw bucket == null ? e : new BucketParts.BrokenException(bucket, e);
            }
        }

        boolean isAt(byte[] value, int length) {
            return Arrays.equals(cursor.value(), 0, cursor.length(), value, 0, length);
        }

        @Override
        public int compareTo(Stream other) {
            return cursor.compareTo(other.cursor);
        }
    }
}
