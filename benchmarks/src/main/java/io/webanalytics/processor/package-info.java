/** What the benchmark of the processor changes in it, in the processor's own package to get at it. */
@NullMarked
package io.webanalytics.processor;

import org.jspecify.annotations.NullMarked;
