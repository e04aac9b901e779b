package io.webanalytics.sites;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;

/** What a key is for. */
public enum KeyScope {
    /** For senders, such as a server that reports its events. */
    WRITE(Set.of(Permission.WRITE)),
    /** For programs that read figures. */
    READ(Set.of(Permission.READ)),
    /** For operators and their programs. */
    ADMIN(Set.of(Permission.values()));

    private final Set<Permission> permissions;

    KeyScope(Set<Permission> permissions) {
        this.permissions = permissions;
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
