/** How many small hours a builder rolls up in a second. */
@NullMarked
package io.webanalytics.benchmark.hours;

import org.jspecify.annotations.NullMarked;
