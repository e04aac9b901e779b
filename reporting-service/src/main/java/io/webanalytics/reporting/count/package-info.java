/** Counts events: from rollups where usable ones exist, from raw events elsewhere. */
@NullMarked
package io.webanalytics.reporting.count;

import org.jspecify.annotations.NullMarked;
