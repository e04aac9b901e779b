/** The pushes to the queue: requests that arrive together share a push, and another partition takes what one refuses. */
@NullMarked
package io.webanalytics.ingestion.queue;

import org.jspecify.annotations.NullMarked;
