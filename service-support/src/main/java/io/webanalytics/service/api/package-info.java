/** The OpenAPI description of a service, made from its controllers, its records and their Javadoc. */
@NullMarked
package io.webanalytics.service.api;

import org.jspecify.annotations.NullMarked;
