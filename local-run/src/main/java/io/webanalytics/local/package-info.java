/** Everything in one JVM with one command, on 127.0.0.1: for trying it out and for developing against it. */
@NullMarked
package io.webanalytics.local;

import org.jspecify.annotations.NullMarked;
