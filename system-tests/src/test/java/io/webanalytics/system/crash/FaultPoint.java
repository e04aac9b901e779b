package io.webanalytics.system.crash;

/** Where a processor can be made to die, or to stop in its tracks, on demand. */
enum FaultPoint {
    /** A batch is claimed, and nothing of it inserted. */
    CLAIMED,
    /** Half of a batch is inserted. */
    HALF_INSERTED,
    /** A batch is inserted, and not settled. */
    INSERTED,
    /** Redis has settled a batch, and the worker does not know. */
    SETTLED
}
