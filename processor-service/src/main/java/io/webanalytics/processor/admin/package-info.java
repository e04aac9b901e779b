/** What operators see and do: the ledger, and the dead letters. */
@NullMarked
package io.webanalytics.processor.admin;

import org.jspecify.annotations.NullMarked;
