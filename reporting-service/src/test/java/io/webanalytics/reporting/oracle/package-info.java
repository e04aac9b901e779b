/** Random histories of events, and every report compared with a plain recount. Start reading at OracleTests. */
@NullMarked
package io.webanalytics.reporting.oracle;

import org.jspecify.annotations.NullMarked;
