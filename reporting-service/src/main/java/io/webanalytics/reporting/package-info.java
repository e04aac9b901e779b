/** MongoDB in, HTTP out: reports on the events of a site. Never talks to Redis. */
@NullMarked
package io.webanalytics.reporting;

import org.jspecify.annotations.NullMarked;
