package io.webanalytics.sites;

/** Who may use a system: everybody who reaches it, or those who have a key or a login. */
public enum Access {
    /** Everybody may write to, read and change every site. No site needs to be made first. */
    OPEN,
    /** A request needs a key or a login that allows what it asks for. */
    KEYS
}
