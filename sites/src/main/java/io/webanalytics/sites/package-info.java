/** Sites, keys and accounts: who may do what, and the registry by which every service knows it. */
@NullMarked
package io.webanalytics.sites;

import org.jspecify.annotations.NullMarked;
