package io.webanalytics.rollup;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * The form in which views per path are stored: the strings in the order of their code points, each with the number of bytes
 * that it shares with the one before it, the bytes that follow, and its count. Numbers are LEB128.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Incremental_encoding">Front coding</a>
 */
final class CountsFormat {

    private CountsFormat() {}

    static byte[] encode(Map<String, Long> counts) {
        List<String> keys =
                counts.keySet().stream().sorted(CodePointOrder.ASCENDING).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 + keys.size() * 24);
        byte[] before = new byte[0];
        for (String key : keys) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            int shared = shared(before, bytes);
            writeNumber(out, shared);
            writeNumber(out, bytes.length - shared);
            out.write(bytes, shared, bytes.length - shared);
            writeNumber(out, counts.get(key));
            before = bytes;
        }
        return out.toByteArray();
    }

    /** Hands out what {@link #encode} wrote. */
    static void decode(ByteBuffer encoded, ObjLongConsumer<String> to) {
        byte[] key = new byte[256];
        while (encoded.hasRemaining()) {
            int shared = (int) readNumber(encoded);
            int rest = (int) readNumber(encoded);
            if (shared + rest > key.length) {
                key = Arrays.copyOf(key, Math.max(shared + rest, 2 * key.length));
            }
            encoded.get(key, shared, rest);
            to.accept(new String(key, 0, shared + rest, StandardCharsets.UTF_8), readNumber(encoded));
        }
    }

    private static int shared(byte[] a, byte[] b) {
        int end = Arrays.mismatch(a, b);
        return end < 0 ? a.length : end;
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
