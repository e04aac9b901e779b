package io.webanalytics.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON that senders post, in one pass. Unknown fields are skipped, whatever they contain. Thread-safe.
 */
public final class EventParser {

    /** Deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 32;

    /** Most events of a batch. */
    public static final int MAX_BATCH = 1_000;

    /** The byte order mark, U+FEFF, in UTF-8. */
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final JsonFactory JSON = factory(MAX_DEPTH);
    private static final JsonFactory JSON_ARRAY = factory(MAX_DEPTH + 1);

    private final Clock clock;
    private final Duration maxFuture;
    private final Predicate<String> mayWriteTo;

    /**
     * Reads the events of every site.
     *
     * @param clock the present
     * @param maxFuture how far in the future a timestamp may lie
     */
    public EventParser(Clock clock, Duration maxFuture) {
        this(clock, maxFuture, siteId -> true);
    }

    /** @param mayWriteTo whether the sender may write to a site; asked on the thread that reads its body */
    public EventParser(Clock clock, Duration maxFuture, Predicate<String> mayWriteTo) {
        this.clock = clock;
        this.maxFuture = maxFuture;
        this.mayWriteTo = mayWriteTo;
    }

    /** Returns a factory without a table of names: all senders would share the table, and they choose the names. */
    private static JsonFactory factory(int maxDepth) {
        return JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxNumberLength(Integer.MAX_VALUE) // values that are too long are left out later
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /**
     * @param body one JSON object in UTF-8
     * @throws InvalidEventException if the body is not that, or fields break rules: names each of them, up to 20
     */
    public ParsedEvent parse(byte[] body) {
        return parse(whole(body));
    }

    /**
     * @param body a JSON array of at most {@link #MAX_BATCH} objects, in UTF-8
     * @throws InvalidEventException if the body is not that: its events are not checked then
     */
    public EventBatch parseArray(byte[] body) {
        return read(JSON_ARRAY, whole(body), parser -> {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw invalidJson("must be a JSON array");
            }
            EventBatch batch = EventBatch.empty();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                batch.add(() -> built(read(parser)));
                parser.skipChildren(); // of an element that is not an object
            }
            if (parser.nextToken() != null) {
                throw invalidJson("must be one JSON array and nothing after it");
            }
            return batch;
        });
    }

    /**
     * @param body at most {@link #MAX_BATCH} lines, each a JSON object in UTF-8. Empty lines are skipped, and so are
     *     byte order marks at the start of a line, since senders concatenate files
     * @throws InvalidEventException if there are more lines
     * @see <a href="https://github.com/ndjson/ndjson-spec">NDJSON</a>
     */
    public EventBatch parseLines(byte[] body) {
        EventBatch batch = EventBatch.empty();
        for (int start = 0; start < body.length; ) {
            int from = afterByteOrderMarks(body, start);
            int to = from;
            boolean blank = true;
            for (; to < body.length && body[to] != '\n'; to++) {
                blank &= body[to] == ' ' || body[to] == '\t' || body[to] == '\r';
            }
            if (!blank) {
                ByteBuffer line = ByteBuffer.wrap(body, from, to - from);
                batch.add(() -> parse(line));
            }
            start = to + 1;
        }
        return batch;
    }

    private static ByteBuffer whole(byte[] body) {
        int from = afterByteOrderMarks(body, 0);
        return ByteBuffer.wrap(body, from, body.length - from);
    }

    /** Returns where a text begins. Windows writes a mark before it, which RFC 8259 allows JSON readers to skip. */
    private static int afterByteOrderMarks(byte[] body, int start) {
        int from = start;
        while (from + MARK.length <= body.length
                && Arrays.equals(body, from, from + MARK.length, MARK, 0, MARK.length)) {
            from += MARK.length;
        }
        return from;
    }

    private ParsedEvent parse(ByteBuffer json) {
        return read(JSON, json, parser -> {
            parser.nextToken();
            EventBuilder event = read(parser);
            if (parser.nextToken() != null) {
                throw invalidJson("must be one JSON object and nothing after it");
            }
            return built(event);
        });
    }

    /** Reads the current object of the parser. */
    private EventBuilder read(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalidJson("must be a JSON object");
        }
        EventBuilder event = new EventBuilder(clock.instant().plus(maxFuture));
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (!event.read(field, parser)) {
                parser.skipChildren();
            }
        }
        return event;
    }

    private ParsedEvent built(EventBuilder event) {
        Event built = event.build();
        if (built == null) {
            throw InvalidEventException.fields(event.findings().errors());
        }
        if (!mayWriteTo.test(built.siteId())) {
            throw InvalidEventException.forbidden();
        }
        return new ParsedEvent(built, event.findings().cut());
    }

    private static <T> T read(JsonFactory json, ByteBuffer body, Function<JsonParser, T> reader) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), decode(body))) {
            return reader.apply(parser);
        } catch (StreamConstraintsException e) {
            throw invalidJson("must not nest deeper than " + MAX_DEPTH + " levels");
        } catch (JacksonException e) {
            throw invalidJson("must be valid JSON" + where(e.getLocation()));
        }
    }

    private static String where(@Nullable TokenStreamLocation at) {
        if (at == null) {
            return "";
        }
        String line = at.getLineNr() == 1 ? "" : "line " + at.getLineNr() + ", ";
        return " (" + line + "column " + at.getColumnNr() + ")";
    }

    private static String decode(ByteBuffer body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(body).toString();
        } catch (CharacterCodingException e) {
            throw invalidJson("must be encoded in UTF-8");
        }
    }

    private static InvalidEventException invalidJson(String rule) {
        return InvalidEventException.body(RejectionReason.INVALID_JSON, rule);
    }
}
