package io.webanalytics.rollup;

import io.webanalytics.store.Dimension;

/**
 * What a site may spread over, and what a process remembers of all sites. Whatever one sender writes, a bucket can be stored and
 * read, and the memory of a builder is bounded.
 *
 * <ul>
 *   <li><b>Hours</b>: all since {@link io.webanalytics.model.EventRules#EARLIEST}, so that years of history can be imported
 *       without loss. They cost others no more than their turn, see {@link DirtyHours}.
 *   <li><b>Paths, referrers, types and users</b>: so many in a bucket that an honest site does not meet the bound. Beyond it the
 *       rarest values and the last types are folded into {@link Dimension#OTHER}, and users are estimated.
 *   <li><b>What is remembered</b>: the most used or the newest. Whatever is forgotten is only done once more.
 * </ul>
 */
public final class Bounds {

    /** Most types of events in a bucket. With more, reading the head costs every report more than the rollup saves. */
    public static final int TYPES_OF_BUCKET = 100;

    /** Most bytes of all values of a dimension in a bucket: less than the largest document of MongoDB. */
    public static final long VALUE_BYTES_OF_BUCKET = 12 << 20;

    /** Most users of a bucket that are kept as hashes: 12 MB. */
    public static final int USERS_OF_BUCKET = 1_500_000;

    /** Most hours whose latest mark a process remembers. A forgotten hour is marked once more. */
    public static final int REMEMBERED_MARKS = 100_000;

    /** Most sites whose turn a process remembers. The next hour of a forgotten site comes in the current round. */
    public static final int REMEMBERED_TURNS = 100_000;

    /** Most waiting hours of a lane that are counted: those that are built next. */
    public static final int COUNTED_HOURS = 10_000;

    private Bounds() {}
}
