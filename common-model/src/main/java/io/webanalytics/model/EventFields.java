package io.webanalytics.model;

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

    private EventFields() {}
}
