/** What the services have in common; here, what keeps them from starting. */
@NullMarked
package io.webanalytics.service;

import org.jspecify.annotations.NullMarked;
