package io.webanalytics.rollup;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * The stored form of views by value. The values are in code point order. Each entry has the number of bytes that the value
 * shares with the one before it, the number of bytes that follow, these bytes, and the views. Numbers are LEB128.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Incremental_encoding">Front coding</a>
 */
final class CountsFormat {

    private CountsFormat() {}

    static byte[] encode(Map<String, Long> counts) {
        Writer writer = new Writer();
        counts.keySet().stream().sorted(CodePointOrder.ASCENDING).forEach(value -> {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            writer.add(bytes, bytes.length, counts.get(value));
        });
        return writer.bytes();
    }

    /** Writes values, which must come in code point order. */
    static final class Writer {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private byte[] before = new byte[256];
        private int lengthBefore;

        /** @param value in UTF-8, in the first {@code length} bytes */
        void add(byte[] value, int length, long views) {
            int end = Arrays.mismatch(before, 0, lengthBefore, value, 0, length);
            int shared = end < 0 ? length : end;
            writeNumber(out, shared);
            writeNumber(out, length - shared);
            out.write(value, shared, length - shared);
            writeNumber(out, views);
            if (length > before.length) {
                before = new byte[2 * length];
            }
            System.arraycopy(value, 0, before, 0, length);
            lengthBefore = length;
        }

        int length() {
            return out.size();
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    /** Passes on each value that {@link #encode} wrote, with its views. */
    static void decode(ByteBuffer block, ObjLongConsumer<String> to) {
        CountsCursor cursor = new CountsCursor(block);
        while (cursor.next()) {
            to.accept(new String(cursor.value(), 0, cursor.length(), StandardCharsets.UTF_8), cursor.views());
        }
    }

    static void writeNumber(ByteArrayOutputStream out, long number) {
        long rest = number;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    static long readNumber(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            number |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }
}
