/** The sites, keys, accounts and logins in MongoDB. */
@NullMarked
package io.webanalytics.store.sites;

import org.jspecify.annotations.NullMarked;
