/** The connection to Redis and its health. Only for services that have a Redis client on their class path. */
@NullMarked
package io.webanalytics.service.redis;

import org.jspecify.annotations.NullMarked;
