/** The event: its fields, their rules, its id, and its form in the queue. */
@NullMarked
package io.webanalytics.model;

import org.jspecify.annotations.NullMarked;
