/** A processor's work on rollups: it marks the hours of its batches, builds hours that are over, and looks for missing ones. */
@NullMarked
package io.webanalytics.processor.rollup;

import org.jspecify.annotations.NullMarked;
