package io.webanalytics.service.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What the requests of a path need.
 *
 * @param method the method of the requests, of which GET includes HEAD; null for any
 * @param path the path, as a pattern of {@link org.springframework.web.util.pattern.PathPattern}
 * @param need what they need where access needs keys
 * @param evenIfOpen whether they need it where access is open, too: so it is for what hands out access
 */
public record AccessRule(@Nullable HttpMethod method, String path, Need need, boolean evenIfOpen) {

    /** Returns a rule for a method. */
    public static AccessRule of(HttpMethod method, String path, Need need) {
        return new AccessRule(method, path, need, false);
    }

    /** Returns a rule for all methods. */
    public static AccessRule of(String path, Need need) {
        return new AccessRule(null, path, need, false);
    }

    boolean fits(HttpMethod requested, PathContainer requestedPath) {
        return (method == null || methods(method).contains(requested))
                && PathPatternParser.defaultInstance.parse(path).matches(requestedPath);
    }

    /** Returns the same rule for open access, too. */
    public AccessRule evenIfAccessIsOpen() {
        return new AccessRule(method, path, need, true);
    }

    /** Returns what finds the requests that this rule is for. */
    public RequestMatcher matcher() {
        PathPatternRequestMatcher.Builder requests = PathPatternRequestMatcher.withDefaults();
        return method == null
                ? requests.matcher(path)
                : new OrRequestMatcher(methods(method).stream()
                        .<RequestMatcher>map(each -> requests.matcher(each, path))
                        .toList());
    }

    private static List<HttpMethod> methods(HttpMethod method) {
        return method == HttpMethod.GET ? List.of(HttpMethod.GET, HttpMethod.HEAD) : List.of(method);
    }
}
