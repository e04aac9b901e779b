/** The endpoints, which read, validate and queue one event or a batch. Their OpenAPI description is here, too. */
@NullMarked
package io.webanalytics.ingestion.event;

import org.jspecify.annotations.NullMarked;
