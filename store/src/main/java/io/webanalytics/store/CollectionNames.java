package io.webanalytics.store;

/** The names of all collections. */
public final class CollectionNames {

    /** The events. They are the truth: all else can be made from them. */
    public static final String EVENTS = "events";
    /** Heads of buckets. */
    public static final String ROLLUPS = "rollups";
    /** Parts of buckets. */
    public static final String ROLLUP_PARTS = "rollup_parts";
    /** What the builders of rollups note about themselves. */
    public static final String ROLLUP_STATE = "rollup_state";
    /** What the queue held, and up to when the store is complete. */
    public static final String QUEUE_SNAPSHOT = "queue_snapshot";

    private CollectionNames() {}
}
