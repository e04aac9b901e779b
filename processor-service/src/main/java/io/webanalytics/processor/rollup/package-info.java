/** What a processor does about rollups: marks the hours of its batches, builds those that are over, and looks for missing ones. */
@NullMarked
package io.webanalytics.processor.rollup;

import org.jspecify.annotations.NullMarked;
