/** What reports are asked: the parameters of requests, read and checked. */
@NullMarked
package io.webanalytics.reporting.question;

import org.jspecify.annotations.NullMarked;
