package io.webanalytics.model;

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
    private final Text referrer = new Text(EventFields.REFERRER, EventRules::checkReferrer);
    private final Text sessionId = new Text(EventFields.SESSION_ID, EventRules::checkSessionId);
    private final PropertiesReader properties = new PropertiesReader(this::reject);

    /** @param latest the last instant that the event may bear */
    EventBuilder(Instant latest) {
        this.latest = latest;
    }

    /**
     * Reads the value that the parser stands on, if the field is one of an event's. {@code null} is the same as left out: half
     * of all senders write an absent value so.
     */
    boolean read(String field, JsonParser parser) {
        switch (field) {
            case EventFields.SITE_ID -> siteId.read(parser);
            case EventFields.EVENT_TYPE -> eventType.read(parser);
            case EventFields.PATH -> path.read(parser);
            case EventFields.USER_ID -> userId.read(parser);
            case EventFields.TIMESTAMP -> timestamp.read(parser);
            case EventFields.EVENT_ID -> eventId.read(parser);
            case EventFields.REFERRER -> referrer.read(parser);
            case EventFields.SESSION_ID -> sessionId.read(parser);
            case EventFields.PROPERTIES -> properties.read(parser);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Remembers a broken rule, once for each field that breaks it. */
    void reject(String field, String rule) {
        FieldError error = new FieldError(field, rule);
        if (errors.size() < MAX_ERRORS && !errors.contains(error)) {
            errors.add(error);
        }
    }

    List<FieldError> errors() {
        return errors;
    }

    /** The event, or null where {@link #errors} says what is wrong. */
    @Nullable
    Event build() {
        String site = siteId.orReject();
        String type = eventType.orReject();
        String where = path.orReject();
        String user = userId.orReject();
        Instant at = instant(timestamp.orReject());
        if (!errors.isEmpty() || site == null || type == null || where == null || user == null || at == null) {
            return null;
        }
        String from = "".equals(referrer.value) ? null : referrer.value;
        return new Event(site, type, where, user, at, eventId.value, from, sessionId.value, properties.properties());
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
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_NULL) {
                return;
            }
            boolean twice = given;
            given = true;
            if (twice) {
                reject(field, EventRules.GIVEN_TWICE);
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
        String orReject() {
            if (!given) {
                reject(field, EventRules.REQUIRED);
            }
            return value;
        }
    }
}
