/** Reports from rollups beside the same answers from all events. Start reading at {@code ReportsBenchmark}. */
@NullMarked
package io.webanalytics.benchmark.reports;

import org.jspecify.annotations.NullMarked;
