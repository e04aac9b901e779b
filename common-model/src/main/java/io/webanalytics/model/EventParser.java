package io.webanalytics.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON that a sender posts, in one pass. Unknown fields are skipped, but nothing in them escapes the rule on
 * characters. Safe for use by many threads.
 */
public final class EventParser {

    /** Deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 32;

    /** Keeps no table of names: all senders would share it, and they choose them. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final Clock clock;
    private final Duration maxFuture;

    /**
     * @param clock the present
     * @param maxFuture how far in the future a timestamp may lie
     */
    public EventParser(Clock clock, Duration maxFuture) {
        this.clock = clock;
        this.maxFuture = maxFuture;
    }

    /**
     * @param body one JSON object in UTF-8
     * @throws InvalidEventException if it is not that, or a field breaks a rule: every broken field is named
     */
    public Event parse(byte[] body) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), decode(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw InvalidEventException.body(RejectionReason.INVALID_JSON, "must be a JSON object");
            }
            EventBuilder event = new EventBuilder(clock.instant().plus(maxFuture));
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (!event.read(field, parser)) {
                    skip(field, parser, event);
                }
            }
            if (parser.nextToken() != null) {
                throw InvalidEventException.body(
                        RejectionReason.INVALID_JSON, "must be one JSON object and nothing after it");
            }
            Event built = event.build();
            if (built == null) {
                throw InvalidEventException.fields(event.errors());
            }
            return built;
        } catch (StreamConstraintsException e) {
            throw InvalidEventException.body(
                    RejectionReason.INVALID_JSON,
                    "must not nest deeper than " + MAX_DEPTH + " levels, nor hold a number or a name that long");
        } catch (JacksonException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw InvalidEventException.body(RejectionReason.INVALID_JSON, "must be valid JSON" + where);
        }
    }

    private static String decode(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw InvalidEventException.body(RejectionReason.INVALID_JSON, "must be encoded in UTF-8");
        }
    }

    /** Skips a field that events do not have, checking every name and string in it. */
    private static void skip(String field, JsonParser parser, EventBuilder event) {
        boolean unprintable = false;
        if (EventRules.isUnprintable(field)) {
            event.reject(FieldError.BODY, "must not contain control characters or unpaired surrogates in its keys");
        }
        for (int depth = depthAfter(parser, 0); ; depth = depthAfter(parser, depth)) {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING) {
                unprintable |= EventRules.isUnprintable(parser.getString());
            }
            if (depth == 0) {
                break;
            }
            parser.nextToken();
        }
        if (unprintable) {
            event.reject(FieldError.BODY, EventRules.UNPRINTABLE);
        }
    }

    private static int depthAfter(JsonParser parser, int depth) {
        JsonToken token = parser.currentToken();
        if (token.isStructStart()) {
            return depth + 1;
        }
        return token.isStructEnd() ? depth - 1 : depth;
    }
}
