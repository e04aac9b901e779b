/** How buckets are built: workers mark hours, builders build them and their days, and the patrol finds what is missing. */
@NullMarked
package io.webanalytics.rollup.build;

import org.jspecify.annotations.NullMarked;
