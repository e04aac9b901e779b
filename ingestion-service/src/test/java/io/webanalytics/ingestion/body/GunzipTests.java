package io.webanalytics.ingestion.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTests {

    private static final byte[] TEXT =
            "to be told again and again, and again ".repeat(100).getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4_096, 100_000})
    void whatWasCompressedIsReadAgain(int length) throws IOException {
        byte[] text = new byte[length];
        new Random(7).nextBytes(text);

        assertThat(read(gzip(text))).isEqualTo(text);
        assertThat(read(gzip(new byte[length]))).isEqualTo(new byte[length]);
    }

    /** As from a network: no byte is available without waiting, and all arrive in the end. */
    @Test
    void membersAreReadOneAfterTheOtherThoughTheyArriveByteByByte() throws IOException {
        byte[] members = concat(gzip(TEXT), gzip(new byte[0]), gzip(TEXT));

        assertThat(new Gunzip(slowly(members)).readAllBytes()).isEqualTo(concat(TEXT, TEXT));
    }

    @Test
    void nothingIsNothing() throws IOException {
        assertThat(read(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 0x1F})
    void everythingThatAHeaderMayHoldIsSkipped(int flags) throws IOException {
        byte[] plain = gzip(TEXT);
        byte[] header = Arrays.copyOf(plain, 10);
        header[3] = (byte) flags;
        byte[] extra = (flags & 1 << 2) == 0 ? new byte[0] : new byte[] {3, 0, 'a', 0, 'b'};
        byte[] name = (flags & 1 << 3) == 0 ? new byte[0] : new byte[] {'n', 0};
        byte[] comment = (flags & 1 << 4) == 0 ? new byte[0] : new byte[] {'c', 'o', 0};
        byte[] checksum = (flags & 1 << 1) == 0 ? new byte[0] : new byte[2];
        byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);

        assertThat(read(concat(header, extra, name, comment, checksum, rest))).isEqualTo(TEXT);
    }

    @Test
    void everyTruncationIsNoticed() {
        byte[] members = concat(gzip(TEXT), gzip(TEXT));
        for (int length = 1; length < members.length; length++) {
            if (length != members.length / 2) {
                byte[] truncated = Arrays.copyOf(members, length);
                assertThatThrownBy(() -> read(truncated)).as(length + " bytes").isInstanceOf(ZipException.class);
            }
        }
    }

    @Test
    void everyBitThatMattersAndIsWrongIsNoticed() {
        byte[] whole = gzip(TEXT);
        for (int at = 10; at < whole.length; at++) {
            byte[] broken = whole.clone();
            broken[at] ^= 4;
            assertThatThrownBy(() -> read(broken)).as("byte " + at).isInstanceOf(ZipException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"site_id\": 1}", "\u001f", "\u0000\u0000"})
    void whatIsNotGzipIsRefusedAlsoBehindIt(String other) {
        byte[] bytes = other.getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(bytes)).isInstanceOf(ZipException.class);
        assertThatThrownBy(() -> read(concat(gzip(TEXT), bytes))).isInstanceOf(ZipException.class);
    }

    private static byte[] read(byte[] compressed) throws IOException {
        try (Gunzip gunzip = new Gunzip(new ByteArrayInputStream(compressed))) {
            return gunzip.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static InputStream slowly(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                return super.read(into, from, Math.min(most, 1));
            }

            @Override
            public int available() {
                return 0;
            }
        };
    }
}
