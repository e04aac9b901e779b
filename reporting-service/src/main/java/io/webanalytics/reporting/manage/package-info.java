/** The API by which sites, keys and accounts are made, listed, changed and removed. */
@NullMarked
package io.webanalytics.reporting.manage;

import org.jspecify.annotations.NullMarked;
