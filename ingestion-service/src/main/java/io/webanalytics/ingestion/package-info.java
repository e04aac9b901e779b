/** HTTP in, Redis out: an event is checked, given its identity, queued, and acknowledged once Redis has it. */
@NullMarked
package io.webanalytics.ingestion;

import org.jspecify.annotations.NullMarked;
