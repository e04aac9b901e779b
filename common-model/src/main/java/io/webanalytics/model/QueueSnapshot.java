package io.webanalytics.model;

import java.time.Instant;

/**
 * What the queue held at an instant, and the instant through which the store was complete then.
 *
 * @param asOf when it was read, by Redis's clock; of several partitions, when the first was read
 * @param completeThrough every event that was acknowledged before this instant was stored at {@code asOf}, dead letters
 *     excepted
 * @param pending events that were accepted and not yet stored at {@code asOf}
 * @param dead dead letters
 */
public record QueueSnapshot(Instant asOf, Instant completeThrough, long pending, long dead) {}
