/** The HTTP API for operators: the ledger, the dead letters and the rollups. */
@NullMarked
package io.webanalytics.processor.admin;

import org.jspecify.annotations.NullMarked;
