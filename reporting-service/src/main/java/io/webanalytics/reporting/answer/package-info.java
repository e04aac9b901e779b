/** The answers of reports, as JSON and as CSV. */
@NullMarked
package io.webanalytics.reporting.answer;

import org.jspecify.annotations.NullMarked;
