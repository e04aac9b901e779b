/** What happens to a claimed batch: its events are stored once, or become dead letters, and then it is settled. */
@NullMarked
package io.webanalytics.processor.batch;

import org.jspecify.annotations.NullMarked;
