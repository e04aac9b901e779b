/** Repetition: a loop, its backoff, and the request to stop. */
@NullMarked
package io.webanalytics.processor.repeat;

import org.jspecify.annotations.NullMarked;
