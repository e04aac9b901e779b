package io.webanalytics.benchmark.ingestion;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** {@code POST} of JSON over HTTP/1.1, on connections that are kept. */
final class HttpPost implements Protocol {

    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final String LENGTH = "content-length: ";

    private final String path;
    private final int events;
    private final List<ByteBuffer> requests;

    private HttpPost(String path, int events, List<byte[]> bodies) {
        this.path = path;
        this.events = events;
        this.requests = bodies.stream().map(body -> request(path, body)).toList();
    }

    static HttpPost ofOne(String path) {
        return new HttpPost(path, 1, Payloads.EVENTS);
    }

    static HttpPost ofMany(String path, int events) {
        return new HttpPost(path, events, List.of(Payloads.events(events)));
    }

    private static ByteBuffer request(String path, byte[] body) {
        byte[] headers = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length + END_OF_HEADERS)
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(headers.length + body.length)
                .put(headers)
                .put(body)
                .flip();
    }

    @Override
    public ByteBuffer request(long number) {
        return requests.get((int) (number % requests.size())).duplicate();
    }

    @Override
    public boolean isComplete(ByteBuffer answer) {
        String text = text(answer);
        int headers = text.indexOf(END_OF_HEADERS);
        if (headers < 0) {
            return false;
        }
        int length = text.substring(0, headers).toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (length < 0) {
            return text.endsWith("\r\n0" + END_OF_HEADERS); // chunks
        }
        int end = text.indexOf('\r', length);
        int content = Integer.parseInt(text.substring(length + LENGTH.length(), end));
        return text.length() == headers + END_OF_HEADERS.length() + content;
    }

    @Override
    public int acknowledged(ByteBuffer answer) {
        String text = text(answer);
        if (!text.startsWith("HTTP/1.1 202") || events > 1 && !text.contains("\"received\":" + events + ",")) {
            throw new IllegalStateException("POST " + path + " was answered " + text);
        }
        return events;
    }

    private static String text(ByteBuffer answer) {
        return new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    }
}
