/** Limits of how much one sender may do. */
@NullMarked
package io.webanalytics.service.limit;

import org.jspecify.annotations.NullMarked;
