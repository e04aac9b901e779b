package io.webanalytics.sites;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a key is for. */
public enum KeyScope {
    /** For senders, such as a server that reports its events. */
    WRITE(EnumSet.of(Permission.WRITE)),
    /** For programs that read figures. */
    READ(EnumSet.of(Permission.READ)),
    /** For operators and their programs. */
    ADMIN(EnumSet.allOf(Permission.class));

    private final Set<Permission> permissions;

    KeyScope(Set<Permission> permissions) {
        this.permissions = Collections.unmodifiableSet(permissions); // in their order
    }

    /** Returns what a key of this scope allows on its sites. */
    public Set<Permission> permissions() {
        return permissions;
    }

    /** Returns the word used outside, in lower case. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
