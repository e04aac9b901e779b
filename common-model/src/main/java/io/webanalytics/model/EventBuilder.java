package io.webanalytics.model;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** One event while its JSON is read: takes the fields it knows, and checks or cuts each. */
final class EventBuilder {

    private final Instant latest;
    private final Findings findings = new Findings();
    private final TextReader siteId = exact(EventFields.SITE_ID, EventRules::checkKey);
    private final TextReader eventType = exact(EventFields.EVENT_TYPE, EventRules::checkKey);
    private final TextReader path = exact(EventFields.PATH, EventRules::checkPath);
    private final TextReader userId = exact(EventFields.USER_ID, EventRules::checkUserId);
    private final TextReader timestamp = exact(EventFields.TIMESTAMP, value -> null);
    private final TextReader eventId = exact(EventFields.EVENT_ID, EventRules::checkKey);
    private final TextReader referrer = attribute(EventFields.REFERRER, Attributes::referrer);
    private final TextReader sessionId = attribute(EventFields.SESSION_ID, Attributes::sessionId);
    private final PropertiesReader properties = new PropertiesReader(findings);

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

    Findings findings() {
        return findings;
    }

    /** The event, or null where {@link #findings} say what is wrong. */
    @Nullable
    Event build() {
        String site = siteId.required();
        String type = eventType.required();
        String where = path.required();
        String user = userId.required();
        Instant at = instant(timestamp.required());
        boolean broken = !findings.errors().isEmpty();
        if (broken || site == null || type == null || where == null || user == null || at == null) {
            return null;
        }
        return new Event(
                site,
                type,
                where,
                user,
                at,
                eventId.optional(),
                referrer.attribute(),
                sessionId.attribute(),
                properties.properties());
    }

    private @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : EventRules.readTimestamp(text, latest);
        } catch (BrokenRule e) {
            findings.reject(EventFields.TIMESTAMP, e.rule());
            return null;
        }
    }

    private TextReader exact(String field, Function<String, @Nullable String> check) {
        TextReader.Rule allOrNothing = value -> {
            String broken = check.apply(value);
            if (broken != null) {
                throw new BrokenRule(broken);
            }
            return value;
        };
        return new TextReader(field, allOrNothing, findings);
    }

    private TextReader attribute(String field, TextReader.Rule cut) {
        return new TextReader(field, cut, findings);
    }
}
