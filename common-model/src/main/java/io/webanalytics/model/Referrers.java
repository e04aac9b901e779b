package io.webanalytics.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where visitors came from, as reports name it: by host, in its canonical spelling ({@link Hosts}). */
public final class Referrers {

    /** Stands for the host of an event without a referrer. */
    public static final String DIRECT = "(direct)";
    /** Stands for the host of a referrer that has none, or none that can be read. */
    public static final String OTHER = "(other)";
    /** Most characters of a host. */
    public static final int MAX_HOST = 255;

    private static final String ANY = "*";

    private static final Pattern URL = url("");
    private static final Pattern FILTER = url(ANY);

    private Referrers() {}

    /**
     * Returns the pattern of a URL, with or without its scheme. Browsers send characters that {@link java.net.URI}
     * refuses, such as {@code |} in a query, and end the authority at a backslash. No host has parentheses, so none can
     * pass for {@link #DIRECT}.
     *
     * @param any a wildcard that may stand for any characters, or empty
     * @see <a href="https://url.spec.whatwg.org/#url-parsing">URL Standard, URL parsing</a>
     */
    private static Pattern url(String any) {
        return Pattern.compile(
                "(?:[a-z" + any + "][a-z0-9+." + any + "-]*+:)?//" // scheme
                        + "(?:[^/?#\\\\]*@)?" // user and password
                        + "(?<host>[\\p{L}\\p{N}\\p{So}_" + any + "]"
                        + "[\\p{L}\\p{M}\\p{N}\\p{So}_" + Hosts.DOTS + any + "-]*+|\\[[0-9a-f:.]++])"
                        + "(?::[0-9" + any + "]*+)?" // port
                        + "(?:[/?#\\\\].*+)?",
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /**
     * Returns the host of a referrer in its canonical spelling, without port and user; {@link #OTHER} where no host can
     * be read, or it is longer than {@link #MAX_HOST}.
     */
    public static String hostOf(String referrer) {
        Matcher url = URL.matcher(referrer.strip());
        String host = url.matches() ? Hosts.canonical(url.group("host")) : null;
        return host == null || host.codePointCount(0, host.length()) > MAX_HOST ? OTHER : host;
    }

    /**
     * Returns the canonical spelling of the host by which a report is filtered.
     *
     * @param asked a host in any spelling, with a port or not, or a whole address; {@link #DIRECT} or {@link #OTHER}.
     *     {@code *} stands for any characters. A label that contains one is compared as it is, in lower case: how the
     *     A-label of {@code bü*} begins is unknown
     */
    public static String canonicalFilter(String asked) {
        String text = asked.strip();
        return List.of(text, "//" + text, "//[" + text + "]").stream()
                .map(FILTER::matcher)
                .filter(Matcher::matches)
                .map(address -> filter(address.group("host")))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> text.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String filter(String host) {
        if (!host.contains(ANY)) {
            return Hosts.canonical(host);
        }
        String whole =
                host.endsWith(ANY + ".") ? host : Hosts.withoutDotsAtItsEnd(host); // or "*." would match all hosts
        String[] labels = whole.split("[" + Hosts.DOTS + "]", -1);
        return Arrays.stream(labels).map(Referrers::label).collect(Collectors.joining("."));
    }

    private static String label(String label) {
        String mapped = label.contains(ANY) ? null : Hosts.mapped(label);
        return mapped == null ? label.toLowerCase(Locale.ROOT) : mapped;
    }
}
