/** What the benchmarks share: servers, programs, timings and results. */
@NullMarked
package io.webanalytics.benchmark;

import org.jspecify.annotations.NullMarked;
