/** How many events a processor takes from Redis to MongoDB in a second. */
@NullMarked
package io.webanalytics.benchmark.throughput;

import org.jspecify.annotations.NullMarked;
