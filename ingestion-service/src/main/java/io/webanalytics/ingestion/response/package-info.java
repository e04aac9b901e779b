/** The responses, written once the queue has acknowledged; problem details if it has not. */
@NullMarked
package io.webanalytics.ingestion.response;

import org.jspecify.annotations.NullMarked;
