/** How many events ingestion acknowledges in a second, and how fast. */
@NullMarked
package io.webanalytics.benchmark.ingestion;

import org.jspecify.annotations.NullMarked;
