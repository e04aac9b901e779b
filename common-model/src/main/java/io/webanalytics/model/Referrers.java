package io.webanalytics.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where visitors came from, as reports name it: by host. */
public final class Referrers {

    /** Stands for the host of an event without a referrer. */
    public static final String DIRECT = "(direct)";
    /** Stands for the host of a referrer that has none, or none that can be read. */
    public static final String OTHER = "(other)";
    /** Most characters of a host. */
    public static final int MAX_HOST = 255;

    /**
     * A URL, or one without its scheme. Browsers send characters that {@link java.net.URI} refuses, such as {@code |} in a
     * query, and end the authority at a backslash. No host has parentheses, so none can pass for {@link #DIRECT}.
     *
     * @see <a href="https://url.spec.whatwg.org/#url-parsing">URL Standard, URL parsing</a>
     */
    private static final Pattern URL = Pattern.compile(
            "(?:[a-z][a-z0-9+.-]*+:)?//" // scheme
                    + "(?:[^/?#\\\\]*@)?" // user and password
                    + "(?<host>[\\p{L}\\p{Nd}_][\\p{L}\\p{M}\\p{Nd}._-]*+|\\[[0-9a-f:.]++])"
                    + "(?::[0-9]*+)?" // port
                    + "(?:[/?#\\\\].*+)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Referrers() {}

    /**
     * The host of a referrer in lower case, without port and user, an IPv6 address in its brackets; {@link #OTHER} where
     * there is none to be read, or it is longer than {@link #MAX_HOST}.
     */
    public static String hostOf(String referrer) {
        Matcher url = URL.matcher(referrer);
        if (!url.matches()) {
            return OTHER;
        }
        String host = url.group("host").toLowerCase(Locale.ROOT);
        return host.codePointCount(0, host.length()) <= MAX_HOST ? host : OTHER;
    }
}
