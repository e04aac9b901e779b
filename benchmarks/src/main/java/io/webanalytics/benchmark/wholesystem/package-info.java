/**
 * All three services in processes of their own, from a request to what a report shows: how soon, how steadily, and with how
 * much memory; and what keys cost. Start reading at {@code WholeSystemBenchmark}.
 */
@NullMarked
package io.webanalytics.benchmark.wholesystem;

import org.jspecify.annotations.NullMarked;
