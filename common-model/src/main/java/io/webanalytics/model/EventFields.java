package io.webanalytics.model;

import java.util.List;

/** The names of an event's fields: the same in requests, in the queue and in MongoDB. */
public final class EventFields {

    public static final String ID = "_id";
    public static final String SITE_ID = "site_id";
    public static final String EVENT_TYPE = "event_type";
    public static final String PATH = "path";
    public static final String USER_ID = "user_id";
    public static final String TIMESTAMP = "timestamp";
    public static final String EVENT_ID = "event_id";
    public static final String REFERRER = "referrer";
    /** The host of {@link #REFERRER}, in its one spelling ({@link Referrers#hostOf}); in MongoDB only. */
    public static final String REFERRER_HOST = "referrer_host";

    public static final String SESSION_ID = "session_id";
    public static final String PROPERTIES = "properties";
    public static final String RECEIVED_AT = "received_at";

    /**
     * What is said beside what happened, where, when and by whom. It is cut to what it may have, for it must never cost the event;
     * the other fields are taken as they are, or refused.
     */
    public static final List<String> ATTRIBUTES = List.of(REFERRER, SESSION_ID, PROPERTIES);

    private EventFields() {}
}
