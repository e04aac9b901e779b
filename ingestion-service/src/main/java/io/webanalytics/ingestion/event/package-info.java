/** The endpoints: one event or a batch is read, checked and queued. What they take and return is described here, too. */
@NullMarked
package io.webanalytics.ingestion.event;

import org.jspecify.annotations.NullMarked;
