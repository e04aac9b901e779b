package io.webanalytics.model;

import io.webanalytics.model.EventRules.BrokenRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One event while its JSON is read: takes the fields it knows, checks each, and remembers every broken rule. */
final class EventBuilder {

    /** Most errors reported for one event: a hostile body does not earn an answer larger than itself. */
    private static final int MAX_ERRORS = 20;

    private final Instant latest;
    private final List<FieldError> errors = new ArrayList<>(0);
    private final Text siteId = new Text(EventFields.SITE_ID, EventRules::checkKey);
    private final Text eventType = new Text(EventFields.EVENT_TYPE, EventRules::checkKey);
    private final Text path = new Text(EventFields.PATH, EventRules::checkPath);
    private final Text userId = new Text(EventFields.USER_ID, EventRules::checkUserId);
    private final Text timestamp = new Text(EventFields.TIMESTAMP, value -> null);
    private final Text eventId = new Text(EventFields.EVENT_ID, EventRules::checkKey);

    /** @param latest the last instant that the event may bear */
    EventBuilder(Instant latest) {
        this.latest = latest;
    }

    /** Reads the value that the parser stands on, if the field is one of an event's. */
    boolean read(String field, JsonParser parser) {
        Text text =
                switch (field) {
                    case EventFields.SITE_ID -> siteId;
                    case EventFields.EVENT_TYPE -> eventType;
                    case EventFields.PATH -> path;
                    case EventFields.USER_ID -> userId;
                    case EventFields.TIMESTAMP -> timestamp;
                    case EventFields.EVENT_ID -> eventId;
                    default -> null;
                };
        if (text == null) {
            return false;
        }
        text.read(parser);
        return true;
    }

    void reject(String field, String rule) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new FieldError(field, rule));
        }
    }

    List<FieldError> errors() {
        return errors;
    }

    /** The event, or null where {@link #errors} says what is wrong. */
    @Nullable
    Event build() {
        String site = siteId.required();
        String type = eventType.required();
        String where = path.required();
        String user = userId.required();
        Instant at = instant(timestamp.required());
        if (!errors.isEmpty() || site == null || type == null || where == null || user == null || at == null) {
            return null;
        }
        return new Event(site, type, where, user, at, eventId.value);
    }

    private @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : EventRules.readTimestamp(text, latest);
        } catch (BrokenRule e) {
            reject(EventFields.TIMESTAMP, e.rule());
            return null;
        }
    }

    private interface Rule {
        @Nullable
        String check(String value);
    }

    /** A field that holds a string. */
    private final class Text {

        private final String field;
        private final Rule rule;
        private boolean given;
        private @Nullable String value;

        Text(String field, Rule rule) {
            this.field = field;
            this.rule = rule;
        }

        void read(JsonParser parser) {
            boolean twice = given;
            given = true;
            JsonToken token = parser.currentToken();
            if (twice) {
                reject(field, "must be given once");
            } else if (token == JsonToken.VALUE_NULL) {
                reject(field, this == eventId ? "must be a string, or left out" : EventRules.REQUIRED);
            } else if (token != JsonToken.VALUE_STRING) {
                reject(field, EventRules.NOT_A_STRING);
            } else {
                check(parser.getString());
            }
            parser.skipChildren();
        }

        private void check(String text) {
            String broken = rule.check(text);
            if (broken == null) {
                value = text;
            } else {
                reject(field, broken);
            }
        }

        @Nullable
        String required() {
            if (!given) {
                reject(field, EventRules.REQUIRED);
            }
            return value;
        }
    }
}
