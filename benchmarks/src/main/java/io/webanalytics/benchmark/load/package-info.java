/** The load generators: a bundled client, or {@code wrk} and {@code redis-benchmark} where they are installed. */
@NullMarked
package io.webanalytics.benchmark.load;

import org.jspecify.annotations.NullMarked;
