/** HTTP in, Redis out: an event is validated, gets its id, is queued, and is acknowledged once Redis has it. */
@NullMarked
package io.webanalytics.ingestion;

import org.jspecify.annotations.NullMarked;
