package io.webanalytics.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a Redis or a MongoDB, taken apart. Tests and benchmarks derive the URL of a database there, and that of a
 * proxy in its place. Options and logins are kept.
 *
 * @param login with the {@code @} behind it, or empty
 * @param hosts one, or several with commas between
 * @param path with the slash before it, or empty
 * @param options such as {@code replicaSet=rs0}
 * @see <a href="https://www.mongodb.com/docs/manual/reference/connection-string/">Connection strings</a>
 */
public record ServerUrl(String scheme, String login, String hosts, String path, List<String> options) {

    private static final Pattern FORM = Pattern.compile("(\\w[\\w+]*)://([^@/?]*@)?([^/?]+)(/[^?]*)?(?:\\?(.*))?");
    private static final String AUTH_SOURCE = "authSource=";
    private static final String DIRECT = "directConnection=";

    /** @throws IllegalArgumentException if the text is not such a URL */
    public static ServerUrl of(String url) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            throw new IllegalArgumentException("must be a URL such as mongodb://localhost:27017");
        }
        return new ServerUrl(
                form.group(1),
                orEmpty(form.group(2)),
                form.group(3),
                orEmpty(form.group(4)),
                orEmpty(form.group(5)).isEmpty()
                        ? List.of()
                        : List.of(form.group(5).split("&")));
    }

    private static String orEmpty(String group) {
        return group == null ? "" : group;
    }

    /** Returns the URL of a database of this MongoDB. The login is still checked in the database that has it. */
    public ServerUrl database(String name) {
        List<String> more = new ArrayList<>(options);
        if (!login.isEmpty() && more.stream().noneMatch(option -> option.startsWith(AUTH_SOURCE))) {
            more.add(AUTH_SOURCE + (path.length() > 1 ? path.substring(1) : "admin"));
        }
        return new ServerUrl(scheme, login, hosts, "/" + name, more);
    }

    /** Returns the URL through a proxy. It connects directly: the names of replica set members would bypass the proxy. */
    public ServerUrl through(String proxy) {
        List<String> direct = new ArrayList<>(options);
        if (scheme.startsWith("mongodb")) {
            direct.removeIf(option -> option.startsWith(DIRECT));
            direct.add(DIRECT + true);
        }
        return new ServerUrl(scheme, login, proxy, path, direct);
    }

    /** Returns the first host. */
    public String host() {
        return hosts.split(",")[0].replaceFirst(":\\d+$", "");
    }

    /** Returns the port of the first host. */
    public int port() {
        String first = hosts.split(",")[0];
        int colon = first.lastIndexOf(':');
        if (colon > first.lastIndexOf(']')) {
            return Integer.parseInt(first.substring(colon + 1));
        }
        return scheme.startsWith("mongodb") ? 27_017 : 6_379;
    }

    @Override
    public String toString() {
        String path = this.path.isEmpty() && !options.isEmpty() ? "/" : this.path;
        return scheme + "://" + login + hosts + path + (options.isEmpty() ? "" : "?" + String.join("&", options));
    }
}
