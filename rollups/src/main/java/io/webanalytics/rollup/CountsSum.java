package io.webanalytics.rollup;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Adds up views by value over any number of buckets, without a map of all values: the blocks of the buckets are in the order of their
 * values, so that one pass over all of them sums up. Where too many bytes of blocks have come they are merged into one.
 */
public final class CountsSum {

    /** Blocks are merged once so many bytes have come, and twice as many as the last merger left. */
    private static final long MERGED_AT = 8 << 20;

    private List<Block> blocks = new ArrayList<>();
    private long bytes;
    private long mergedBytes;

    /** @param bucket whose block it is, null where it was not read from one */
    private record Block(@Nullable Bucket bucket, ByteBuffer bytes) {}

    /** Is given each value and its views. */
    @FunctionalInterface
    public interface Reader {

        /** @param value in UTF-8, in the first bytes, only for the time of the call */
        void accept(byte[] value, int length, long views);
    }

    /**
     * Adds a block of {@link Part#PATHS} or {@link Part#REFERRERS}.
     *
     * @param bucket whose block it is
     * @throws BucketParts.BrokenException if a block that came before cannot be read
     */
    public void add(Bucket bucket, ByteBuffer block) {
        add(new Block(bucket, block));
    }

    /** Adds what was counted elsewhere. */
    public void add(Map<String, Long> views) {
        add(new Block(null, ByteBuffer.wrap(CountsFormat.encode(views))));
    }

    private void add(Block block) {
        blocks.add(block);
        bytes += block.bytes.remaining();
        if (bytes > MERGED_AT + 2 * mergedBytes) {
            CountsFormat.Writer writer = new CountsFormat.Writer();
            forEach(writer::add);
            byte[] merged = writer.bytes();
            blocks = new ArrayList<>(List.of(new Block(null, ByteBuffer.wrap(merged))));
            bytes = merged.length;
            mergedBytes = merged.length;
        }
    }

    /** How many bytes it holds. */
    public long bytes() {
        return bytes;
    }

    /**
     * Hands out every value once, in the order of their code points.
     *
     * @throws BucketParts.BrokenException if a block cannot be read
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

    /** The views of the least value of all, which every stream that has it leaves behind. */
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
