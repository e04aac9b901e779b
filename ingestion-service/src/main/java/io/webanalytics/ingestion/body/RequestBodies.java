package io.webanalytics.ingestion.body;

import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.RejectionReason;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.ZipException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Reads the bodies of requests, compressed or not, up to a size limit. The deadline of a body is enforced by the server. */
@Component
public class RequestBodies {

    /** How many bytes are read at a time. Most bodies are no larger, and need no other memory. */
    private static final int PIECE = 4_096;

    private static final long NOT_DECLARED = -1;

    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    private final BodyMemory memory;

    RequestBodies(BodyMemory memory) {
        this.memory = memory;
    }

    /**
     * Reads a body and passes it to a function. Its memory counts until the function returns.
     *
     * @param maxBytes the largest body, in bytes, after decompression
     * @throws InvalidEventException if the body is larger, does not arrive in full, or has another encoding than gzip
     * @throws TooBusyException if there is no memory for the body
     */
    public <T> T read(HttpServletRequest request, int maxBytes, Function<byte[], T> use) {
        boolean compressed = isCompressed(request);
        if (!compressed && request.getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        try (BodyMemory.BodyBuffer buffer = memory.newBuffer()) {
            return use.apply(read(request, compressed, maxBytes, buffer));
        }
    }

    /** Whether the body is compressed with gzip. Without an encoding, or with {@code identity}, it is not. */
    private static boolean isCompressed(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.CONTENT_ENCODING) == null) {
            return false;
        }
        List<String> encodings = Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(encoding -> encoding.strip().toLowerCase(Locale.ROOT))
                .filter(encoding -> !encoding.isEmpty() && !encoding.equals("identity"))
                .toList();
        if (encodings.size() > 1 || !GZIP.containsAll(encodings)) {
            throw InvalidEventException.body(
                    RejectionReason.UNSUPPORTED_MEDIA_TYPE, "must be sent as it is, or with Content-Encoding: gzip");
        }
        return !encodings.isEmpty();
    }

    private static byte[] read(
            HttpServletRequest request, boolean compressed, int maxBytes, BodyMemory.BodyBuffer buffer) {
        try {
            InputStream body = request.getInputStream();
            if (!compressed) {
                return read(body, request.getContentLengthLong(), maxBytes, buffer);
            }
            try (Gunzip decompressed = new Gunzip(body)) {
                return read(decompressed, NOT_DECLARED, maxBytes, buffer);
            }
        } catch (ZipException e) {
            throw InvalidEventException.body(
                    RejectionReason.INVALID_JSON, "must be whole and unbroken gzip, as it says");
        } catch (IOException e) {
            throw late(); // the server has responded already, if the sender is still there
        }
    }

    /** @param declared the declared length in bytes, or {@link #NOT_DECLARED} */
    private static byte[] read(InputStream body, long declared, int maxBytes, BodyMemory.BodyBuffer buffer)
            throws IOException {
        int most = declared < 0 ? maxBytes : (int) declared;
        byte[] piece = new byte[declared < 0 ? PIECE : Math.min(most, PIECE)];
        int inPiece = 0;
        int length = 0;
        while (length != declared) {
            if (inPiece == piece.length) {
                buffer.append(piece, inPiece, most);
                inPiece = 0;
            }
            int read = body.read(piece, inPiece, piece.length - inPiece);
            if (read < 0) {
                break;
            }
            inPiece += read;
            length += read;
            if (length > maxBytes) {
                throw tooLarge(maxBytes);
            }
        }
        if (length < declared) {
            throw late();
        }
        if (length == inPiece) {
            return length == piece.length ? piece : Arrays.copyOf(piece, length);
        }
        buffer.append(piece, inPiece, most);
        return buffer.take();
    }

    private static InvalidEventException late() {
        return InvalidEventException.body(RejectionReason.INVALID_JSON, "must arrive whole and in time");
    }

    private static InvalidEventException tooLarge(int maxBytes) {
        return InvalidEventException.body(RejectionReason.TOO_LARGE, "must be at most " + maxBytes + " bytes");
    }
}
