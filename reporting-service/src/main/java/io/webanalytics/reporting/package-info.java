/** MongoDB in, HTTP out: answers questions about the events of a site. Never talks to Redis. */
@NullMarked
package io.webanalytics.reporting;

import org.jspecify.annotations.NullMarked;
