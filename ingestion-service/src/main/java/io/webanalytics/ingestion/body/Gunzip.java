package io.webanalytics.ingestion.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip as it arrives, with all of its members. {@link java.util.zip.GZIPInputStream} ends after a member
 * if the next one has not arrived yet or is corrupt: the events in the rest would be lost silently.
 *
 * <p>Reading fails with a {@link ZipException} if the input is not gzip, is corrupt, or ends too early.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952, GZIP file format</a>
 */
final class Gunzip extends InputStream {

    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CHECKSUM = 1 << 1;
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;
    private static final int RESERVED = 0xE0;

    private final InputStream compressed;
    private final byte[] piece = new byte[4_096];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private int next;
    private int end;
    private boolean insideMember;
    private boolean atEnd;

    Gunzip(InputStream compressed) {
        this.compressed = compressed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        int read = 0;
        while (read == 0 && most > 0 && !atEnd) {
            if (insideMember) {
                read = inflate(into, from, most);
            } else {
                beginMember();
            }
        }
        return atEnd ? -1 : read;
    }

    @Override
    public void close() {
        inflater.end();
    }

    private int inflate(byte[] into, int from, int most) throws IOException {
        try {
            int read = inflater.inflate(into, from, most);
            checksum.update(into, from, read);
            if (inflater.finished()) {
                next = end - inflater.getRemaining();
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("a dictionary is needed");
            } else if (read == 0) {
                if (!arrives()) {
                    throw endsTooEarly();
                }
                feed();
            }
            return read;
        } catch (DataFormatException e) {
            throw new ZipException(e.getMessage());
        }
    }

    private void beginMember() throws IOException {
        if (!arrives()) {
            atEnd = true;
            return;
        }
        if (nextByte() != 0x1F || nextByte() != 0x8B || nextByte() != DEFLATE) {
            throw new ZipException("not gzip");
        }
        int flags = nextByte();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("unknown flags");
        }
        skip(6); // time, compression level and operating system
        if ((flags & HAS_EXTRA) != 0) {
            skip(nextByte() | nextByte() << 8);
        }
        for (int text : new int[] {HAS_NAME, HAS_COMMENT}) {
            while ((flags & text) != 0 && nextByte() != 0) {
                // the text ends with a zero byte
            }
        }
        if ((flags & HAS_HEADER_CHECKSUM) != 0) {
            skip(2);
        }
        inflater.reset();
        feed();
        checksum.reset();
        insideMember = true;
    }

    /** Passes all bytes at hand to the inflater. It leaves the trailer of the member, and what follows. */
    private void feed() {
        inflater.setInput(piece, next, end - next);
        next = end;
    }

    private void endMember() throws IOException {
        if (nextInt() != (int) checksum.getValue() || nextInt() != (int) inflater.getBytesWritten()) {
            throw new ZipException("it is not what was compressed");
        }
        insideMember = false;
    }

    private int nextInt() throws IOException {
        return nextByte() | nextByte() << 8 | nextByte() << 16 | nextByte() << 24;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            nextByte();
        }
    }

    private int nextByte() throws IOException {
        if (!arrives()) {
            throw endsTooEarly();
        }
        return piece[next++] & 0xFF;
    }

    /** Whether there is another byte. Blocks until one arrives or the input ends. */
    private boolean arrives() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(compressed.read(piece, 0, piece.length), 0);
        }
        return next < end;
    }

    private static ZipException endsTooEarly() {
        return new ZipException("it ends too early");
    }
}
