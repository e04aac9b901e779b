package io.webanalytics.ingestion;

import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.RejectionReason;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads the body of a request, never more of it than it may have. */
final class RequestBody {

    private RequestBody() {}

    /**
     * @param maxBytes the most that the body may have
     * @param types what it may say that it is; in UTF-8, and uncompressed
     * @throws InvalidEventException if it is something else, larger, or does not arrive
     */
    static byte[] read(HttpServletRequest request, int maxBytes, MediaType... types) {
        boolean known = Arrays.stream(types).anyMatch(type -> is(type, request));
        if (!known || request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            throw unsupported(types);
        }
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
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
        try {
            ServletInputStream body = request.getInputStream();
            long declared = request.getContentLengthLong();
            boolean isThere = declared >= 0 && body.available() >= declared;
            return isThere ? body.readNBytes(maxBytes + 1) : RequestThreads.await(() -> body.readNBytes(maxBytes + 1));
        } catch (IOException e) {
            throw InvalidEventException.body(RejectionReason.INVALID_JSON, "must arrive whole and in time");
        }
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
