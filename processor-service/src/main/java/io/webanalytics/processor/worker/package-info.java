/** The threads of a processor: workers that claim batches, supervisors that keep leases, and the background tasks. */
@NullMarked
package io.webanalytics.processor.worker;

import org.jspecify.annotations.NullMarked;
