package io.webanalytics.model;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A field that holds a string, while the JSON of an event is read. */
final class TextReader {

    /** What is kept of a value: of an exact field all or nothing, of an attribute as much as it may have. */
    interface Rule {

        /** @throws BrokenRule if the value may not be */
        String keep(String value) throws BrokenRule;
    }

    private final String field;
    private final Rule rule;
    private final Findings findings;
    private boolean given;
    private @Nullable String value;

    TextReader(String field, Rule rule, Findings findings) {
        this.field = field;
        this.rule = rule;
        this.findings = findings;
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
            findings.reject(field, EventRules.GIVEN_TWICE);
        } else if (token != JsonToken.VALUE_STRING) {
            findings.reject(field, EventRules.NOT_A_STRING);
        } else {
            keep(parser.getString());
        }
        parser.skipChildren();
    }

    private void keep(String text) {
        try {
            String kept = rule.keep(text);
            if (!kept.equals(text)) {
                findings.cut(field);
            }
            value = kept;
        } catch (BrokenRule e) {
            findings.reject(field, e.rule());
        }
    }

    /** What was read; null where that broke a rule, and where there was nothing, which breaks one. */
    @Nullable
    String required() {
        if (!given) {
            findings.reject(field, EventRules.REQUIRED);
        }
        return value;
    }

    /** What was read, or null. */
    @Nullable
    String optional() {
        return value;
    }

    /** What was read, or null; an empty attribute is none. */
    @Nullable
    String attribute() {
        return "".equals(value) ? null : value;
    }
}
