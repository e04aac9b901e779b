/**
 * What an earlier release has stored, read by the present one. {@code resources/stored} has a folder for each of the forms;
 * {@link io.webanalytics.system.upgrade.Recorder} makes one.
 */
@NullMarked
package io.webanalytics.system.upgrade;

import org.jspecify.annotations.NullMarked;
