/**
 * Rollups: a cache of the events, with one bucket for each site and hour or day of UTC. A bucket is rebuilt from the events and
 * never incremented. So late, repeated and redelivered events need no special care, and any bucket can be deleted.
 *
 * <ul>
 *   <li><b>Head</b>: the document of a bucket. It holds the figures of each event type, and names the build of its parts.
 *   <li><b>Part</b>: a document with one kind of a bucket's content, such as its users or its views by path. It never changes.
 *   <li><b>Mark</b>: a note in an hour's head that events were stored. It makes the hour dirty and gives it a new version.
 *   <li><b>Build</b>: the content of a bucket as it was built once, under a unique name. The next build replaces it.
 *   <li><b>Patrol</b>: a walk through all months with events, which has missing and unusable buckets built.
 * </ul>
 *
 * <p>Start reading at {@link io.webanalytics.rollup.BucketHeads}.
 */
@NullMarked
package io.webanalytics.rollup;

import org.jspecify.annotations.NullMarked;
