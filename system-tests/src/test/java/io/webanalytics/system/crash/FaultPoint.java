package io.webanalytics.system.crash;

/** Where a processor can be made to die, or to stop in its tracks, on demand. */
enum FaultPoint {
    /** A batch is claimed, and nothing of it inserted. */
    CLAIMED,
    /** Half of a batch is inserted. */
    HALF_INSERTED,
    /** A batch is inserted, and its hours are not marked. */
    INSERTED,
    /** The hours of a batch are marked, and it is not settled. */
    MARKED,
    /** Redis has settled a batch, and the worker does not know. */
    SETTLED
}
