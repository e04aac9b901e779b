/** Redis in, MongoDB out: workers claim batches of events, store each event once, and only then settle the batch. */
@NullMarked
package io.webanalytics.processor;

import org.jspecify.annotations.NullMarked;
