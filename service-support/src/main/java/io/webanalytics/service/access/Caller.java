package io.webanalytics.service.access;

import io.webanalytics.sites.Grants;

/**
 * Who sent a request.
 *
 * @param kind how it is known
 * @param name the prefix of the key, or the name of the account
 * @param grants what it may do
 */
public record Caller(Kind kind, String name, Grants grants) {

    /** How a caller is known. */
    public enum Kind {
        KEY,
        LOGIN
    }
}
