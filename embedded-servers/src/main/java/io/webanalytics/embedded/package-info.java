/** Servers that need no installation, listening on free ports of 127.0.0.1. Never part of a service. */
@NullMarked
package io.webanalytics.embedded;

import org.jspecify.annotations.NullMarked;
