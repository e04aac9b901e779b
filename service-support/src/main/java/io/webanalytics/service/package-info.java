/** What the services configure alike. Each imports the connections that it uses, and has no other on its class path. */
@NullMarked
package io.webanalytics.service;

import org.jspecify.annotations.NullMarked;
