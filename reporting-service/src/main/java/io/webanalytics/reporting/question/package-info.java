/** Reads and checks the parameters of reports. */
@NullMarked
package io.webanalytics.reporting.question;

import org.jspecify.annotations.NullMarked;
