/**
 * The queue in Redis between ingestion and processing. Nothing acknowledged is ever in one process's memory only: an
 * event is queued, in flight with a worker, dead, or settled, and each move is one atomic script.
 */
@NullMarked
package io.webanalytics.queue;

import org.jspecify.annotations.NullMarked;
