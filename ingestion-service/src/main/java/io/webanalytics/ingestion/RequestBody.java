package io.webanalytics.ingestion;

import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.RejectionReason;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads the body of a request, never more of it than it may have. */
final class RequestBody {

    /** How long a body may take to arrive, looked at between its pieces: these come within {@code connection-timeout}. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int FIRST_PIECE = 4_096;

    private RequestBody() {}

    /**
     * Refuses a body by what the request says of it.
     *
     * @param maxBytes the most that it may have
     * @param types what it may say that it is; in UTF-8, and uncompressed
     * @throws InvalidEventException if it is something else, or larger
     */
    static void check(HttpServletRequest request, int maxBytes, MediaType... types) {
        boolean known = Arrays.stream(types).anyMatch(type -> is(type, request));
        if (!known || request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            throw unsupported(types);
        }
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
    }

    /**
     * Reads a body that is checked.
     *
     * @throws InvalidEventException if it is larger, or does not arrive
     */
    static byte[] read(HttpServletRequest request, int maxBytes) {
        byte[] body = readBytes(request, maxBytes);
        if (body.length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return body;
    }

    /** Whether a request says that its body is of this type. */
    static boolean is(MediaType type, HttpServletRequest request) {
        String contentType = request.getContentType();
        if (contentType == null) {
            return false;
        }
        try {
            MediaType given = MediaType.parseMediaType(contentType);
            return type.equalsTypeAndSubtype(given)
                    && (given.getCharset() == null || StandardCharsets.UTF_8.equals(given.getCharset()));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static byte[] readBytes(HttpServletRequest request, int maxBytes) {
        long declared = request.getContentLengthLong();
        byte[] body = new byte[declared < 0 ? Math.min(FIRST_PIECE, maxBytes + 1) : (int) declared];
        int length = 0;
        long started = System.nanoTime();
        try {
            ServletInputStream input = request.getInputStream();
            int read = 0;
            while (read >= 0 && length <= maxBytes && length != declared) {
                if (length == body.length) {
                    body = Arrays.copyOf(body, Math.min(2 * length, maxBytes + 1));
                }
                read = input.read(body, length, body.length - length);
                length += Math.max(read, 0);
                if (System.nanoTime() - started > PATIENCE.toNanos()) {
                    throw late();
                }
            }
        } catch (IOException e) {
            throw late();
        }
        if (length < declared) {
            throw late();
        }
        return length == body.length ? body : Arrays.copyOf(body, length);
    }

    private static InvalidEventException late() {
        return InvalidEventException.body(RejectionReason.INVALID_JSON, "must arrive whole and in time");
    }

    private static InvalidEventException tooLarge(int maxBytes) {
        return InvalidEventException.body(RejectionReason.TOO_LARGE, "must be at most " + maxBytes + " bytes");
    }

    private static InvalidEventException unsupported(MediaType... types) {
        String named = Arrays.stream(types).map(MediaType::toString).collect(Collectors.joining(" or "));
        return InvalidEventException.body(
                RejectionReason.UNSUPPORTED_MEDIA_TYPE,
                "must be sent as Content-Type: " + named + " in UTF-8, uncompressed");
    }
}
