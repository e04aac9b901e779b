package io.webanalytics.sites;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who may use a system: everybody who reaches it, or those who have a key or a login. */
public enum Access {
    /** Everybody may write to, read and change every site. No site needs to be made first. */
    OPEN,
    /** A request needs a key or a login that allows what it asks for. */
    KEYS;

    /** Returns the word used outside, in lower case. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
