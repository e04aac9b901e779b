/** How events are counted: from rollups where there are usable ones, and from the events themselves elsewhere. */
@NullMarked
package io.webanalytics.reporting.count;

import org.jspecify.annotations.NullMarked;
