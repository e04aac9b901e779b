/** The servers that tests run against, and what every test needs. */
@NullMarked
package io.webanalytics.testing;

import org.jspecify.annotations.NullMarked;
