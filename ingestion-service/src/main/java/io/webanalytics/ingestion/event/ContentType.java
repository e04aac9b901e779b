package io.webanalytics.ingestion.event;

import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.RejectionReason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Content-Type} of a request. It is parsed leniently: senders add parameters of their own, malformed ones
 * too, and only the character set matters.
 *
 * @param essence type and subtype in lower case; empty if the request has none
 * @param charset the character set; empty if the request has none
 * @see <a href="https://mimesniff.spec.whatwg.org/#parsing-a-mime-type">MIME Sniffing, parsing a MIME type</a>
 */
record ContentType(String essence, String charset) {

    /** A name and a value, which may be quoted. Text after the closing quote is ignored. */
    private static final Pattern PARAMETER =
            Pattern.compile(";(?<name>[^;=]*+)=\\s*+(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*+))?+(?<rest>[^;]*+)");

    /** A "JSON MIME type" of the MIME Sniffing standard. */
    private static final Pattern JSON = Pattern.compile("application/json|text/json|[^/]+/[^/]+\\+json");

    /** The media types of NDJSON. None of them is registered, and many are in use. */
    private static final Pattern LINES = Pattern.compile("application/stream\\+json"
            + "|(?:application|text)/(?:[^/]+\\+)?(?:x-)?(?:ndjson|ldjson|jsonl|jsonlines|json-lines)");

    static ContentType of(@Nullable String header) {
        if (header == null) {
            return new ContentType("", "");
        }
        int end = header.indexOf(';');
        String essence = end < 0 ? header : header.substring(0, end);
        return new ContentType(essence.strip().toLowerCase(Locale.ROOT), charsetIn(header));
    }

    private static String charsetIn(String header) {
        Matcher parameter = PARAMETER.matcher(header);
        while (parameter.find()) {
            String quoted = parameter.group("quoted");
            String value = quoted == null ? parameter.group("rest") : quoted;
            if (parameter.group("name").strip().equalsIgnoreCase("charset") && !value.isBlank()) {
                return value.strip();
            }
        }
        return "";
    }

    /** Returns the error for a body of any other type than these. */
    static InvalidEventException unsupported(String types) {
        return InvalidEventException.body(
                RejectionReason.UNSUPPORTED_MEDIA_TYPE, "must be sent as Content-Type: " + types + " in UTF-8");
    }

    /** Whether the body is one JSON text, in UTF-8. */
    boolean isJson() {
        return JSON.matcher(essence).matches() && !LINES.matcher(essence).matches() && isUtf8();
    }

    /** Whether the body is a JSON text on each line, in UTF-8. */
    boolean isLines() {
        return LINES.matcher(essence).matches() && isUtf8();
    }

    /** Whether the character set is UTF-8 by any name, or its subset US-ASCII. JSON without one is UTF-8 (RFC 8259). */
    private boolean isUtf8() {
        try {
            Charset named = charset.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(charset);
            return named.equals(StandardCharsets.UTF_8) || named.equals(StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
