/**
 * The queue in Redis between ingestion and processing. An acknowledged event is never in the memory of a process only:
 * it is queued, in flight with a worker, dead, settled or discarded, and each move is one atomic script.
 */
@NullMarked
package io.webanalytics.queue;

import org.jspecify.annotations.NullMarked;
