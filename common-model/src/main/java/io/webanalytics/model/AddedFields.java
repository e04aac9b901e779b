package io.webanalytics.model;

/** The names of the fields that the services add to those of {@link EventField}. */
public final class AddedFields {

    /** In the queue and in MongoDB: see {@link EventIds}. */
    public static final String ID = "_id";
    /** In the queue and in MongoDB: when the event was received. */
    public static final String RECEIVED_AT = "received_at";
    /** In MongoDB: the host of {@link EventField#REFERRER}, in its canonical spelling ({@link Referrers#hostOf}). */
    public static final String REFERRER_HOST = "referrer_host";

    private AddedFields() {}
}
