/** How to do something again and again: a loop, its pauses, and the request to stop. */
@NullMarked
package io.webanalytics.processor.repeat;

import org.jspecify.annotations.NullMarked;
