/** Who may read and manage: the table of requests, logins, and the first owner. */
@NullMarked
package io.webanalytics.reporting.access;

import org.jspecify.annotations.NullMarked;
