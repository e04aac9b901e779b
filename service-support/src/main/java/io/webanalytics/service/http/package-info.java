/** What strangers are answered, how errors are answered, and how long a request may take to arrive. The same for every service. */
@NullMarked
package io.webanalytics.service.http;

import org.jspecify.annotations.NullMarked;
