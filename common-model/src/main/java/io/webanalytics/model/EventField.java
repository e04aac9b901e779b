package io.webanalytics.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event, in the order in which they are written. Each is defined only here: readers, writers and the
 * description of the API use this list. A field has the same name in requests, in the queue and in MongoDB.
 *
 * <p>The first six say what happened, where, when and by whom. Their values are kept as sent, or the event is refused.
 * All others are attributes. Their values are cut to their limits, so that they never cost the event.
 */
public enum EventField {
    SITE_ID(Presence.REQUIRED, TextRule.key(), "the site"),
    EVENT_TYPE(Presence.REQUIRED, TextRule.key(), "what happened; `page_view` is a view"),
    PATH(Presence.REQUIRED, TextRule.path(), "where on the site; stored as sent"),
    USER_ID(Presence.REQUIRED, TextRule.exact(EventRules.MAX_USER_ID), "the visitor"),
    TIMESTAMP(
            Presence.REQUIRED,
            TextRule.instant(),
            "when it happened, with `Z` or an offset, as RFC 3339 and ISO 8601 write it: from 2000 to 5 minutes in the"
                    + " future, kept to the millisecond"),
    EVENT_ID(
            Presence.OPTIONAL,
            TextRule.key(),
            "your own key for this event. An event that repeats `site_id`, `event_id` and `timestamp` is counted"
                    + " once, so it is safe to send it again until it is acknowledged"),
    REFERRER(
            Presence.ATTRIBUTE,
            TextRule.referrer(),
            "the page that the visitor came from. Empty, as browsers have it for a direct visit, is the same as left out. Cut after "
                    + count(EventRules.MAX_REFERRER) + " characters, or to its host"),
    SESSION_ID(
            Presence.ATTRIBUTE,
            TextRule.attribute(EventRules.MAX_SESSION_ID),
            "the visit. Cut after " + count(EventRules.MAX_SESSION_ID) + " characters"),
    PROPERTIES(
            Presence.ATTRIBUTE,
            null,
            "what else there is to say. The first " + PropertyRules.MAX_ENTRIES + " are kept, with keys of at most "
                    + PropertyRules.MAX_KEY
                    + " characters, which are not empty, do not start with `$` and do not contain `.`;"
                    + " numbers are written in at most " + PropertyRules.MAX_NUMBER + " characters");

    /** All fields. */
    public static final List<EventField> ALL = List.of(values());

    /** The attributes, {@link #PROPERTIES} among them. */
    public static final List<EventField> ATTRIBUTES =
            Arrays.stream(values()).filter(EventField::isAttribute).toList();

    private static final Map<String, EventField> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventField::word, Function.identity()));

    private final String word = name().toLowerCase(Locale.ROOT);
    private final Presence presence;
    private final @Nullable TextRule rule;
    private final String description;

    private enum Presence {
        REQUIRED,
        OPTIONAL,
        ATTRIBUTE
    }

    EventField(Presence presence, @Nullable TextRule rule, String description) {
        this.presence = presence;
        this.rule = rule;
        this.description = description;
    }

    private static String count(int characters) {
        return String.format(Locale.ROOT, "%,d", characters);
    }

    /** Returns null where no field has the name. */
    static @Nullable EventField of(String word) {
        return BY_WORD.get(word);
    }

    /** Returns the name in JSON and in MongoDB, such as {@code site_id}. */
    public String word() {
        return word;
    }

    public boolean isRequired() {
        return presence == Presence.REQUIRED;
    }

    public boolean isAttribute() {
        return presence == Presence.ATTRIBUTE;
    }

    /** Returns the rule of its text; null for {@link #PROPERTIES}. */
    public @Nullable TextRule rule() {
        return rule;
    }

    /** Returns what the field is, worded to follow its name, in Markdown. */
    public String description() {
        return description;
    }
}
