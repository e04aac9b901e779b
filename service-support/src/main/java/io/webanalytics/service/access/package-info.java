/** Who may do what: one table of requests for each service, callers by key or login, and the registry that they are checked against. */
@NullMarked
package io.webanalytics.service.access;

import org.jspecify.annotations.NullMarked;
