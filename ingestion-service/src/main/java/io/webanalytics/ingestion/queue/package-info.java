/** The pushes to the queue: what arrives together is pushed together, and another partition takes what one refuses. */
@NullMarked
package io.webanalytics.ingestion.queue;

import org.jspecify.annotations.NullMarked;
