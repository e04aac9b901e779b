package io.webanalytics.model;

import java.time.Instant;

/**
 * What the queue held at an instant, and so up to when the store is complete.
 *
 * @param asOf when it was read, by Redis's clock; of several partitions, when the first was
 * @param completeThrough every event that was acknowledged before this instant was stored then, dead letters excepted
 * @param pending events that were accepted and not stored then
 * @param dead dead letters
 */
public record QueueSnapshot(Instant asOf, Instant completeThrough, long pending, long dead) {}
