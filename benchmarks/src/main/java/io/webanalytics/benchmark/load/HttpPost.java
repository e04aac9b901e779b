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
    private final List<String> headers;
    private final List<ByteBuffer> requests;

    private HttpPost(String path, int events, boolean bearsRefusals, List<byte[]> bodies, List<String> headers) {
        this.path = path;
        this.events = events;
        this.bearsRefusals = bearsRefusals;
        this.bodies = bodies;
        this.headers = headers;
        this.requests = bodies.stream().map(this::request).toList();
    }

    public static HttpPost ofOne(String path) {
        return new HttpPost(path, 1, false, Payloads.EVENTS, List.of());
    }

    /** Sends events that happen now. Tolerates a 503: on a busy machine, Redis takes too long once in a long time. */
    public static HttpPost ofOneNow(String path) {
        return new HttpPost(path, 1, true, Payloads.events(Instant.now()), List.of());
    }

    public static HttpPost ofMany(String path, int events) {
        return new HttpPost(path, events, false, List.of(Payloads.events(events)), List.of());
    }

    /** @param headers of the same requests, beside those that each needs, such as {@code Name: value} */
    public HttpPost with(List<String> headers) {
        return new HttpPost(path, events, bearsRefusals, bodies, headers);
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

    /** Returns the headers beside those that each request needs. */
    List<String> headers() {
        return headers;
    }

    private ByteBuffer request(byte[] body) {
        StringBuilder text = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        text.append("Content-Type: application/json\r\nContent-Length: ")
                .append(body.length)
                .append(END_OF_HEADERS);
        byte[] head = text.toString().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
    }

    @Override
    public ByteBuffer request(long number) {
        return requests.get((int) (number % requests.size())).duplicate();
    }

    @Override
    public boolean isComplete(ByteBuffer answer) {
        return isWhole(answer);
    }

    /** Whether a buffer that is being filled contains a whole response. */
    static boolean isWhole(ByteBuffer answer) {
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

    static String text(ByteBuffer answer) {
        return new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    }
}
