package io.webanalytics.service.access;

/** What a request needs. A site is named by the path, or else by the parameter {@code site_id}. */
public enum Need {
    /** Nothing. */
    NOTHING,
    /** A key or a login, whatever it allows. */
    CALLER,
    /** A key that may write to some site. Which one, the body says: {@link Guard} checks each event. */
    WRITE,
    /** A key or a login that may read the site, unless its figures are public. */
    READ,
    /** A key or a login that may manage the site. */
    MANAGE,
    /** A key or a login that may manage all sites. */
    OPERATE
}
