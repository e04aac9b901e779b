/** Who may operate a processor, and how the registry of sites and keys gets from MongoDB to ingestion. */
@NullMarked
package io.webanalytics.processor.access;

import org.jspecify.annotations.NullMarked;
