/** The event: its fields, the rules they obey, its identity, and its form in the queue. */
@NullMarked
package io.webanalytics.model;

import org.jspecify.annotations.NullMarked;
