package io.webanalytics.store;

/** The names of all collections. */
public final class CollectionNames {

    /** The events: the source of truth, from which all else can be made. */
    public static final String EVENTS = "events";
    /** Heads of buckets. */
    public static final String ROLLUPS = "rollups";
    /** Parts of buckets. */
    public static final String ROLLUP_PARTS = "rollup_parts";
    /** The state of the rollup builders. */
    public static final String ROLLUP_STATE = "rollup_state";
    /** The latest snapshot of the queue, with the instant through which the store is complete. */
    public static final String QUEUE_SNAPSHOT = "queue_snapshot";

    /** The sites and their settings. */
    public static final String SITES = "sites";
    /** The keys, without their secrets. */
    public static final String KEYS = "keys";
    /** Who may log in. */
    public static final String ACCOUNTS = "accounts";
    /** The logins that have not ended. */
    public static final String LOGINS = "logins";

    private CollectionNames() {}
}
