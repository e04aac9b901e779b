/** What the benchmarks share: where data lies, how it is timed, and how results are written down. */
@NullMarked
package io.webanalytics.benchmark;

import org.jspecify.annotations.NullMarked;
