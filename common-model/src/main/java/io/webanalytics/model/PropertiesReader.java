package io.webanalytics.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The properties of one event while its JSON is read. */
final class PropertiesReader {

    private final BiConsumer<String, String> errors;
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private boolean given;

    /** @param errors is told each field that breaks a rule, and the rule */
    PropertiesReader(BiConsumer<String, String> errors) {
        this.errors = errors;
    }

    Map<String, Object> properties() {
        return properties;
    }

    /** Reads the value that the parser stands on. */
    void read(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        boolean twice = given;
        given = true;
        if (twice) {
            reject(EventRules.GIVEN_TWICE);
        } else if (token == JsonToken.START_OBJECT) {
            readEntries(parser);
        } else {
            reject(PropertyRules.NOT_AN_OBJECT);
        }
        parser.skipChildren();
    }

    private void readEntries(JsonParser parser) {
        int entries = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            entries++;
            if (entries <= PropertyRules.MAX_ENTRIES) {
                readEntry(key, parser);
            } else {
                reject(PropertyRules.TOO_MANY);
            }
            parser.skipChildren();
        }
    }

    private void readEntry(String key, JsonParser parser) {
        String broken = PropertyRules.checkKey(key);
        if (broken != null) {
            reject(broken);
            return;
        }
        try {
            if (properties.put(key, value(parser)) != null) {
                throw new BrokenRule(EventRules.GIVEN_TWICE);
            }
        } catch (BrokenRule e) {
            errors.accept(EventFields.PROPERTIES + "." + key, e.rule());
        }
    }

    private static Object value(JsonParser parser) throws BrokenRule {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> PropertyRules.readText(parser.getString());
            case VALUE_NUMBER_INT -> PropertyRules.readNumber(parser.getString(), true);
            case VALUE_NUMBER_FLOAT -> PropertyRules.readNumber(parser.getString(), false);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new BrokenRule(PropertyRules.NOT_A_SCALAR);
        };
    }

    private void reject(String rule) {
        errors.accept(EventFields.PROPERTIES, rule);
    }
}
