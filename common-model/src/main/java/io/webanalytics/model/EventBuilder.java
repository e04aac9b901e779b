package io.webanalytics.model;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Builds an event while its JSON is read: takes the fields of an event, and checks or cuts each. */
final class EventBuilder {

    private final Instant latest;
    private final Findings findings = new Findings();
    private final boolean[] given = new boolean[EventField.ALL.size()];
    private final @Nullable String[] texts = new String[EventField.ALL.size()];
    private final PropertiesReader properties = new PropertiesReader(findings);

    /** @param latest the latest timestamp that the event may have */
    EventBuilder(Instant latest) {
        this.latest = latest;
    }

    /**
     * Reads the current value of the parser, if an event has the field; returns whether it has. {@code null} is the
     * same as left out: half of all senders write an absent value so.
     */
    boolean read(String word, JsonParser parser) {
        EventField field = EventField.of(word);
        if (field == null) {
            return false;
        }
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            readGiven(field, parser);
            parser.skipChildren();
        }
        return true;
    }

    private void readGiven(EventField field, JsonParser parser) {
        boolean twice = given[field.ordinal()];
        given[field.ordinal()] = true;
        TextRule rule = field.rule();
        if (twice) {
            findings.reject(field.word(), EventRules.GIVEN_TWICE);
        } else if (rule == null) {
            properties.read(parser);
        } else if (parser.currentToken() != JsonToken.VALUE_STRING) {
            findings.reject(field.word(), EventRules.NOT_A_STRING);
        } else {
            texts[field.ordinal()] = kept(field, rule, parser.getString());
        }
    }

    private @Nullable String kept(EventField field, TextRule rule, String text) {
        try {
            String kept = rule.keep(text);
            if (!kept.equals(text)) {
                findings.cut(field.word());
            }
            return kept;
        } catch (BrokenRule e) {
            findings.reject(field.word(), e.rule());
            return null;
        }
    }

    Findings findings() {
        return findings;
    }

    /** Returns the event, or null where {@link #findings} has errors. */
    @Nullable
    Event build() {
        for (EventField field : EventField.ALL) {
            if (field.isRequired() && !given[field.ordinal()]) {
                findings.reject(field.word(), EventRules.REQUIRED);
            }
        }
        Instant timestamp = timestamp();
        if (timestamp == null || !findings.errors().isEmpty()) {
            return null;
        }
        return new Event(
                required(EventField.SITE_ID),
                required(EventField.EVENT_TYPE),
                required(EventField.PATH),
                required(EventField.USER_ID),
                timestamp,
                text(EventField.EVENT_ID),
                attributes(),
                properties.properties());
    }

    private @Nullable Instant timestamp() {
        String text = text(EventField.TIMESTAMP);
        try {
            return text == null ? null : EventRules.readTimestamp(text, latest);
        } catch (BrokenRule e) {
            findings.reject(EventField.TIMESTAMP.word(), e.rule());
            return null;
        }
    }

    /** Leaves out empty ones. */
    private Map<EventField, String> attributes() {
        Map<EventField, String> attributes = new EnumMap<>(EventField.class);
        for (EventField field : EventField.ATTRIBUTES) {
            String text = text(field);
            if (text != null && !text.isEmpty()) {
                attributes.put(field, text);
            }
        }
        return attributes;
    }

    private String required(EventField field) {
        return Objects.requireNonNull(text(field));
    }

    private @Nullable String text(EventField field) {
        return texts[field.ordinal()];
    }
}
