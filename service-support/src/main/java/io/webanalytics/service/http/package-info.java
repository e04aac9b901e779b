/** What HTTP has in common in all services: responses to bad requests and to errors, and the deadline of a request. */
@NullMarked
package io.webanalytics.service.http;

import org.jspecify.annotations.NullMarked;
