package io.webanalytics.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the properties of one event. */
final class PropertiesReader {

    private final Findings findings;
    private final Map<String, Object> properties = new LinkedHashMap<>();

    PropertiesReader(Findings findings) {
        this.findings = findings;
    }

    Map<String, Object> properties() {
        return properties;
    }

    /** Reads the current value of the parser. */
    void read(JsonParser parser) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            readEntries(parser);
        } else {
            reject(PropertyRules.NOT_AN_OBJECT);
        }
    }

    private void readEntries(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                readEntry(key, parser);
                parser.skipChildren();
            }
        }
    }

    private void readEntry(String key, JsonParser parser) {
        if (properties.size() == PropertyRules.MAX_ENTRIES || EventRules.isLonger(key, PropertyRules.MAX_KEY)) {
            findings.cut(EventField.PROPERTIES.word());
            return;
        }
        String broken = PropertyRules.checkKey(key);
        if (broken != null) {
            reject(broken);
            return;
        }
        try {
            Object value = value(parser);
            if (value == null) {
                findings.cut(EventField.PROPERTIES.word());
            } else if (properties.put(key, value) != null) {
                throw new BrokenRule(EventRules.GIVEN_TWICE);
            }
        } catch (BrokenRule e) {
            findings.reject(EventField.PROPERTIES.word() + "." + key, e.rule());
        }
    }

    /** Returns what is kept of the current value of the parser; null for nothing. */
    private @Nullable Object value(JsonParser parser) throws BrokenRule {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> text(parser.getString());
            case VALUE_NUMBER_INT -> PropertyRules.readNumber(parser.getString(), true);
            case VALUE_NUMBER_FLOAT -> PropertyRules.readNumber(parser.getString(), false);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new BrokenRule(PropertyRules.NOT_A_SCALAR);
        };
    }

    private String text(String value) {
        String kept = Attributes.text(value, PropertyRules.MAX_TEXT);
        if (!kept.equals(value)) {
            findings.cut(EventField.PROPERTIES.word());
        }
        return kept;
    }

    private void reject(String rule) {
        findings.reject(EventField.PROPERTIES.word(), rule);
    }
}
