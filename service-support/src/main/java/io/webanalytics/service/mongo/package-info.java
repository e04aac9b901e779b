/** The connection to MongoDB and its health. Only for services that have a MongoDB driver on their class path. */
@NullMarked
package io.webanalytics.service.mongo;

import org.jspecify.annotations.NullMarked;
