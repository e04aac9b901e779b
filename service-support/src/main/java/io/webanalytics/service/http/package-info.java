/**
 * What HTTP has in common in all services: responses to bad requests and to errors, the deadline of a request, and the address that
 * it comes from.
 */
@NullMarked
package io.webanalytics.service.http;

import org.jspecify.annotations.NullMarked;
