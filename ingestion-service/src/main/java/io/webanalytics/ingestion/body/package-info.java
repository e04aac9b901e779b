/** The bodies of requests: decompressed, and kept within a fixed part of the memory. */
@NullMarked
package io.webanalytics.ingestion.body;

import org.jspecify.annotations.NullMarked;
