package io.webanalytics.ingestion;

import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.RejectionReason;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads the body of a request, never more of it than an event may have. */
final class RequestBody {

    /** Largest body of {@code POST /event}, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private RequestBody() {}

    static byte[] read(HttpServletRequest request) {
        if (!isJson(request.getContentType()) || request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            throw notJson();
        }
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw tooLarge();
        }
        byte[] body = readBytes(request);
        if (body.length > MAX_BYTES) {
            throw tooLarge();
        }
        return body;
    }

    private static byte[] readBytes(HttpServletRequest request) {
        try {
            return request.getInputStream().readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw InvalidEventException.body(RejectionReason.INVALID_JSON, "must arrive whole and in time");
        }
    }

    private static InvalidEventException tooLarge() {
        return InvalidEventException.body(RejectionReason.TOO_LARGE, "must be at most " + MAX_BYTES + " bytes");
    }

    private static InvalidEventException notJson() {
        return InvalidEventException.body(
                RejectionReason.UNSUPPORTED_MEDIA_TYPE,
                "must be sent as Content-Type: application/json in UTF-8, uncompressed");
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                    && (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset()));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
