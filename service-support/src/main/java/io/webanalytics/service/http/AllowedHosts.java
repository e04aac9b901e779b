package io.webanalytics.service.http;

import java.util.Set;

/**
 * The host names with a dot by which a service may be reached when something is changed, where access is open.
 *
 * @param setting the setting that names them
 */
public record AllowedHosts(String setting, Set<String> hosts) {}
