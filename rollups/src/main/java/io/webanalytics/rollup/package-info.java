/**
 * Rollups: a cache of the events, one bucket for each site and hour or day. A bucket is rebuilt from the events and never
 * incremented, so that redelivered, late and repeated events need no care, and any bucket can be thrown away.
 *
 * <p>Start reading at {@link io.webanalytics.rollup.BucketHeads}.
 */
@NullMarked
package io.webanalytics.rollup;

import org.jspecify.annotations.NullMarked;
