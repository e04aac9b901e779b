package io.webanalytics.sites;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a key or a login may allow on a site. */
public enum Permission {
    /** To send events of the site. */
    WRITE,
    /** To read the figures of the site. */
    READ,
    /** To change the site and its keys. On all sites: to operate the installation. */
    MANAGE;

    /** Returns the word used outside, in lower case. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
