package io.webanalytics.benchmark.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code GET} over HTTP/1.1 on persistent connections, the same request again and again. */
public final class HttpGet implements Protocol {

    private final String expected;
    private final ByteBuffer request;

    /**
     * @param path with its query
     * @param headers such as {@code Name: value}
     * @param expected what every response must contain
     */
    public HttpGet(String path, List<String> headers, String expected) {
        this.expected = expected;
        StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        request = StandardCharsets.US_ASCII.encode(text.append("\r\n").toString());
    }

    @Override
    public ByteBuffer request(long number) {
        return request.duplicate();
    }

    @Override
    public boolean isComplete(ByteBuffer answer) {
        return HttpPost.isWhole(answer);
    }

    @Override
    public int acknowledged(ByteBuffer answer) {
        String text = HttpPost.text(answer);
        if (!text.startsWith("HTTP/1.1 200") || !text.contains(expected)) {
            throw new IllegalStateException("GET was answered " + text);
        }
        return 1;
    }
}
