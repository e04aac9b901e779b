@NullMarked
package io.webanalytics.system;

import org.jspecify.annotations.NullMarked;
