package io.webanalytics.sites;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What an account may do on a site. */
public enum Role {
    /** Reads the figures, and changes the site and its keys. */
    OWNER(EnumSet.of(Permission.READ, Permission.MANAGE)),
    /** Reads the figures. */
    VIEWER(EnumSet.of(Permission.READ));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Collections.unmodifiableSet(permissions); // in their order
    }

    /** Returns what this role allows on a site. */
    public Set<Permission> permissions() {
        return permissions;
    }

    /** Returns the word used outside, in lower case. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
