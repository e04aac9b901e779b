/** The responses: written once the queue has acknowledged, or problem details where it has not. */
@NullMarked
package io.webanalytics.ingestion.response;

import org.jspecify.annotations.NullMarked;
