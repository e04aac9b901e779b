package io.webanalytics.ingestion;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Events as senders write them. */
public final class Events {

    /** One event. */
    public static final String SEED = """
            {
              "site_id": "site-abc-123",
              "event_type": "page_view",
              "path": "/pricing",
              "user_id": "user-xyz-789",
              "timestamp": "2025-11-12T19:30:01Z"
            }""";

    private Events() {}

    /** Compresses a text, as for {@code Content-Encoding: gzip}. */
    public static byte[] gzip(String text) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
