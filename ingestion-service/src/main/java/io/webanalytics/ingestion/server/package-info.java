/** What Tomcat is configured with: the threads that handle requests, and the timer of requests. */
@NullMarked
package io.webanalytics.ingestion.server;

import org.jspecify.annotations.NullMarked;
