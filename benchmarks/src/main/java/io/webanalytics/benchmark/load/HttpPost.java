package io.webanalytics.benchmark.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** {@code POST} of JSON over HTTP/1.1, on persistent connections. */
public final class HttpPost implements Protocol {

    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final String LENGTH = "content-length: ";

    private final String path;
    private final int events;
    private final boolean bearsRefusals;
    private final List<byte[]> bodies;
    private final List<ByteBuffer> requests;

    private HttpPost(String path, int events, boolean bearsRefusals, List<byte[]> bodies) {
        this.path = path;
        this.events = events;
        this.bearsRefusals = bearsRefusals;
        this.bodies = bodies;
        this.requests = bodies.stream().map(body -> request(path, body)).toList();
    }

    public static HttpPost ofOne(String path) {
        return new HttpPost(path, 1, false, Payloads.EVENTS);
    }

    /** Sends events that happen now. Tolerates a 503: on a busy machine, Redis takes too long once in a long time. */
    public static HttpPost ofOneNow(String path) {
        return new HttpPost(path, 1, true, Payloads.events(Instant.now()));
    }

    public static HttpPost ofMany(String path, int events) {
        return new HttpPost(path, events, false, List.of(Payloads.events(events)));
    }

    String path() {
        return path;
    }

    /** Returns the number of events in a request. */
    int events() {
        return events;
    }

    /** Returns the bodies that are sent in turn. */
    List<byte[]> bodies() {
        return bodies;
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
            return text.endsWith("\r\n0" + END_OF_HEADERS); // chunked
        }
        int end = text.indexOf('\r', length);
        int content = Integer.parseInt(text.substring(length + LENGTH.length(), end));
        return text.length() == headers + END_OF_HEADERS.length() + content;
    }

    @Override
    public int acknowledged(ByteBuffer answer) {
        String text = text(answer);
        if (bearsRefusals && text.startsWith("HTTP/1.1 503")) {
            return 0;
        }
        if (!text.startsWith("HTTP/1.1 202") || events > 1 && !text.contains("\"received\":" + events + ",")) {
            throw new IllegalStateException("POST " + path + " was answered " + text);
        }
        return events;
    }

    private static String text(ByteBuffer answer) {
        return new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    }
}
