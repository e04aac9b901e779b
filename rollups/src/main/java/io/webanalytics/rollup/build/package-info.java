/** How buckets come to be: marked when events are stored, built once their hour is over, walked through now and then. */
@NullMarked
package io.webanalytics.rollup.build;

import org.jspecify.annotations.NullMarked;
