package io.webanalytics.system.crash;

import java.util.EnumSet;
import java.util.Set;

/** The points at which a service can be made to die, or to freeze. */
enum FaultPoint {
    /** Ingestion has taken a group of waiting events, one or more, and pushed none of them. */
    GROUPED,
    /** A batch is claimed, and nothing of it inserted. */
    CLAIMED,
    /** Half of a batch is inserted. */
    HALF_INSERTED,
    /** A batch is inserted, and its hours are not marked. */
    INSERTED,
    /** The hours of a batch are marked, and it is not settled. */
    MARKED,
    /** Redis has settled a batch, and the worker does not know. */
    SETTLED;

    /** The fault points of a processor. */
    static final Set<FaultPoint> OF_PROCESSOR = EnumSet.range(CLAIMED, SETTLED);
}
