/**
 * The events in MongoDB: how they are written ({@link io.webanalytics.store.EventStore}), how they are read
 * ({@link io.webanalytics.store.StoredEvents}), and what they are grouped and filtered by
 * ({@link io.webanalytics.store.Dimension}).
 */
@NullMarked
package io.webanalytics.store;

import org.jspecify.annotations.NullMarked;
