package io.webanalytics.service.access;

import com.fasterxml.jackson.annotation.JsonValue;
import io.webanalytics.sites.Grants;
import java.util.Locale;

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
        LOGIN;

        /** Returns the word used outside, in lower case. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
